"""The models that `cargo xtask bench simpy` runs beside our own engine, written as SimPy's own examples are.

`python simpy_models.py station REQUESTS` or `lanes REQUESTS` prints JSON: how many requests arrived in a second of real
time, and the mean time that one took in simulated seconds, over all lanes. One that both lanes serve counts as one.
"""

import json
import random
import sys
import time

import simpy

SEED = 1

# One station, M/M/1.
STATION_RATE = 0.8
STATION_SERVICE_RATE = 1.0

# Two lanes of ten servers with one queue a lane, on the same arrivals; one of them asks a store.
LANES_RATE = 1_200.0
LANES_SERVERS = 10
LANES_SERVICE_RATE = 200.0
STORE_SECONDS = 0.000_007
STORE_ROUND_TRIP = 0.000_5


class Tally:
    """Counts and adds up; keeps no list."""

    def __init__(self):
        self.count = 0
        self.total = 0.0

    def add(self, seconds):
        self.count += 1
        self.total += seconds


def station(requests):
    environment = simpy.Environment()
    server = simpy.Resource(environment, capacity=1)
    tally = Tally()
    chance = random.Random(SEED)

    def request():
        arrived = environment.now
        with server.request() as turn:
            yield turn
            yield environment.timeout(chance.expovariate(STATION_SERVICE_RATE))
        tally.add(environment.now - arrived)

    def arrivals():
        for _ in range(requests):
            yield environment.timeout(chance.expovariate(STATION_RATE))
            environment.process(request())

    environment.process(arrivals())
    environment.run()
    return tally


def lanes(requests):
    environment = simpy.Environment()
    store = simpy.Resource(environment, capacity=1)
    tally = Tally()
    chance = random.Random(SEED)

    def request(servers, service, reads):
        arrived = environment.now
        with servers.request() as turn:
            yield turn
            yield environment.timeout(service)
        # The server is not held by a request that asks the store.
        for _ in range(reads):
            yield environment.timeout(STORE_ROUND_TRIP)
            with store.request() as connection:
                yield connection
                yield environment.timeout(STORE_SECONDS)
        tally.add(environment.now - arrived)

    def arrivals():
        stateful = simpy.Resource(environment, capacity=LANES_SERVERS)
        stateless = simpy.Resource(environment, capacity=LANES_SERVERS)
        for _ in range(requests):
            yield environment.timeout(chance.expovariate(LANES_RATE))
            service = chance.expovariate(LANES_SERVICE_RATE)
            environment.process(request(stateful, service, 1))
            environment.process(request(stateless, service, 0))

    environment.process(arrivals())
    environment.run()
    return tally


def main():
    model = {"station": station, "lanes": lanes}[sys.argv[1]]
    requests = int(sys.argv[2])
    started = time.perf_counter()
    tally = model(requests)
    seconds = time.perf_counter() - started
    print(
        json.dumps(
            {
                "version": simpy.__version__,
                "perSecond": requests / seconds,
                "mean": tally.total / tally.count,
            }
        )
    )


main()
