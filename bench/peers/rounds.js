// How many requests a second are answered rightly. The bench measures the playground with the same function.

/** Rounds that warm up: for that long browsers still compile what runs often. */
const WARM_UP = 3;

/** The rate of each round: `ask` again and again, so many at a time, for so many milliseconds. */
export async function rounds(ask, atATime, milliseconds, howMany) {
  const rates = [];
  for (let round = 0; round < WARM_UP + howMany; round += 1) {
    const began = performance.now();
    let answered = 0;
    const goOn = async () => {
      while (performance.now() - began < milliseconds) {
        await ask();
        answered += 1;
      }
    };
    await Promise.all(Array.from({ length: atATime }, goOn));
    if (round >= WARM_UP) rates.push((1000 * answered) / (performance.now() - began));
  }
  return rates;
}

/** Rejects what is no right answer. */
export async function expectAccount(answer) {
  const account = await answer.json();
  if (answer.status !== 200 || account.id !== 42 || account.name !== 'Mira Lind' || account.role !== 'member') {
    throw new Error(`a wrong answer: ${answer.status} ${JSON.stringify(account)}`);
  }
}
