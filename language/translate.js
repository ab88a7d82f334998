// Says the page in another language. What stands on the screen is looked up in a catalogue whose keys are the English
// texts of the sources: whole, by a template (`{…}` stands for anything), or piece by piece. What is in no catalogue stays
// as it is. It never reads or changes what a machine reads: code, fields, values.

/** What is never translated, with all that is in it. A step's details and a load's figures are set as values, but are words as well. */
const LEFT_ALONE = 'code, pre, textarea, script, style, .mono:not(.detail, .figure, .load .mono), [translate="no"]';
/** The attributes that people read or hear. */
const SAID = ['aria-label', 'title', 'placeholder', 'alt', 'aria-roledescription', 'aria-valuetext', 'data-label'];
const WITH_SAID = SAID.map((name) => `[${name}]`).join();
/** Where a text can be cut into pieces that stand for themselves, from the coarsest on. */
const CUTS = [/((?<=[.?!])\s+(?=[“‘(A-Z#\d`]))/, /(\s+·\s+)/, /((?<=[:;])\s+)/, /((?<=,)\s+)/, /(\s+(?=\())/];
/** A text in brackets, without its stop, or behind a sign. */
const WRAPPED = /^([(“‘„✓✕⚠,;:·\s]*)(.*?)([)”’.:,;…\s]*)$/su;
/** What begins a fragment that goes on with another text: no part of what is looked up. */
const GOING_ON = /^\s*[,;:·]\s+/;
/** How many results are remembered. */
const REMEMBERED = 5000;
/** Of how many pieces in a row one text is sought. */
const LONGEST_RUN = 4;
/** How deep texts are looked up within texts. */
const DEEPEST = 4;
/** A template with fewer letters than this says too little: all that stands in it must be known. */
const TELLING = 4;
const WORD = /[A-Za-z]+/g;
const PLACEHOLDER = /\{([^{}]*)\}/;
/** What placeholders of these names stand for; others stand for anything. */
const NAMED = {
  plural: /^s?$/,
  number: /^[\d.,]+$/,
  user: /^\d+$/,
  time: /^(\d+ s|\d+:\d+ min|\d+ h \d+ min|\d+ days?( \d+ h)?)$/,
};
/** What is written alike in all languages. */
const SIGNS = /\b(?:min|ms|kB|KiB|MiB|GiB|RFC(?: \d+bis)?|ASVS)\b/g;
/** A number in groups, as the page writes it. */
const GROUPED = /(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])/g;
/** A number with a point, and one before a unit. Without a unit it may be a section of a standard as well. */
const POINTED = /(?<![\w./(])(\d+)\.(\d+)(?![\w.])/g;
const MEASURED = /(?<![\w.])(\d+)\.(\d+)(?=\s?(?:%|×|(?:ms|µs|s|min|h|kB|KiB|MiB|GiB)(?![A-Za-z])))/g;
const STANDARD = /RFC|ASVS|OpenID/;

/** A catalogue that says texts. */
export class Catalogue {
  #whole = new Map();
  #caseless = new Map();
  #templates = new Map();
  #known = new Map();
  #group;
  #point;

  /**
   * Of `{English: other}`, where `{1}` in the other stands for the first placeholder of the English, translated, and
   * `{=1}` for the same as it stands. Numbers are written as the language has them.
   */
  constructor(entries, language = 'de') {
    const templates = [];
    for (const [english, other] of Object.entries(entries).map((pair) => pair.map(bare))) {
      if (PLACEHOLDER.test(english)) templates.push(template(english, other));
      else {
        this.#whole.set(english, other);
        this.#caseless.set(english.toLowerCase(), other);
      }
    }
    templates.sort((a, b) => b.letters - a.letters || b.named - a.named);
    templates.forEach((one, order) => {
      if (!this.#templates.has(one.word)) this.#templates.set(one.word, []);
      this.#templates.get(one.word).push({ ...one, order });
    });
    const parts = new Intl.NumberFormat(language).formatToParts(12345.6);
    const part = (type) => parts.find((it) => it.type === type)?.value ?? '';
    this.#group = part('group');
    this.#point = part('decimal');
  }

  /** The text in the other language; what nothing is known of stays as it is. */
  say(text) {
    const core = text.trim();
    const said = isWordless(core) ? core : (this.#find(core, 0)?.said ?? core);
    const numbered = this.#numbers(said);
    return numbered === core ? text : text.replace(core, () => numbered);
  }

  /** Whether all of it is known. */
  knows(text) {
    const core = text.trim();
    return isWordless(core) || this.#find(core, 0)?.isWhole === true;
  }

  /** What it is in the other language, and whether that is all of it; `null` where nothing is known of it. */
  #find(core, depth) {
    const remembered = this.#known.get(core);
    // Deeper down, no more is found.
    if (remembered && (remembered.found?.isWhole || remembered.depth <= depth)) return remembered.found;
    const whole = this.#whole.get(core);
    const found = whole === undefined ? this.#compose(core, depth) : { said: whole, isWhole: true };
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(core, { found, depth });
    return found;
  }

  #compose(core, depth) {
    if (depth > DEEPEST) return null;
    const byTemplate = this.#byTemplate(core, depth);
    if (byTemplate?.isWhole && byTemplate.isTelling) return byTemplate;
    const byPieces = this.#byPieces(core, depth);
    if (byPieces?.isWhole) return byPieces;
    const unwrapped = this.#unwrapped(core, depth);
    if (unwrapped?.isWhole) return unwrapped;
    return byTemplate ?? byPieces ?? unwrapped;
  }

  /** The template that leaves nothing unknown, or else the one with the most words. */
  #byTemplate(core, depth) {
    let best = null;
    for (const { literals, names, other, letters } of this.#candidates(core)) {
      const filled = fillsOf(core, literals, names);
      if (!filled) continue;
      const fills = new Map();
      let isWhole = true;
      const said = other.replace(/\{(=?)(\d+)\}/g, (_, isAsItStands, number) => {
        const fill = filled[number - 1] ?? '';
        if (isAsItStands) return fill;
        if (!fills.has(fill)) fills.set(fill, this.#fill(fill, depth));
        isWhole &&= fills.get(fill).isKnown;
        return fills.get(fill).said;
      });
      const isTelling = letters >= TELLING;
      if (isWhole) return { said, isWhole, isTelling };
      if (isTelling) best ??= { said, isWhole, isTelling };
    }
    return best;
  }

  /** The templates that can be of it: those without a word of their own, and those whose word stands in it. */
  #candidates(core) {
    const words = new Set(core.match(WORD));
    const lists = [this.#templates.get(''), ...[...words].map((word) => this.#templates.get(word))];
    return lists.flatMap((list) => list ?? []).sort((a, b) => a.order - b.order);
  }

  #fill(fill, depth) {
    const core = fill.trim();
    if (isWordless(core)) return { said: fill, isKnown: true };
    const found = this.#find(core, depth + 1);
    return { said: found ? fill.replace(core, () => found.said) : fill, isKnown: found?.isWhole === true };
  }

  #byPieces(core, depth) {
    let best = null;
    for (const cut of CUTS) {
      const pieces = core.split(cut);
      if (pieces.length < 3) continue;
      const found = this.#run(pieces, depth);
      if (found?.isWhole) return found;
      best ??= found;
    }
    return best;
  }

  /** Pieces, every second of which is what stands between two. Several in a row may be one text of the catalogue. */
  #run(pieces, depth) {
    let said = '';
    let isAny = false;
    let isWhole = true;
    let place = 0;
    while (place < pieces.length) {
      const { found, end, text } = this.#longestRun(pieces, place, depth);
      said += (found?.said ?? text) + (pieces[end] ?? '');
      isAny ||= found !== null;
      isWhole &&= found?.isWhole === true || isWordless(text);
      place = end + 1;
    }
    return isAny ? { said, isWhole } : null;
  }

  #longestRun(pieces, start, depth) {
    const last = Math.min(pieces.length, start + 2 * LONGEST_RUN - 1);
    for (let end = last; end > start + 1; end -= 2) {
      if (end - start === pieces.length) continue;
      const text = pieces.slice(start, end).join('');
      const whole = this.#whole.get(text);
      const found = whole === undefined ? this.#byTemplate(text, depth + 1) : { said: whole, isWhole: true };
      if (found?.isWhole) return { found, end, text };
    }
    const text = pieces[start];
    return { found: isWordless(text) ? null : this.#find(text, depth + 1), end: start + 1, text };
  }

  /** A text in brackets, with its stop or without it, or in letters of another case. */
  #unwrapped(core, depth) {
    const [, before, inner, after] = WRAPPED.exec(core);
    if (inner && inner !== core) {
      const found = this.#find(inner, depth + 1);
      if (found) return { said: before + found.said + after, isWhole: found.isWhole };
    }
    if (/\s.*\w$/s.test(core)) {
      const whole = this.#whole.get(`${core}.`);
      const found = whole === undefined ? this.#byTemplate(`${core}.`, depth + 1) : { said: whole, isWhole: true };
      if (found?.isWhole) return { said: found.said.replace(/\.$/, ''), isWhole: true };
    }
    const [first] = core;
    const lower = first.toLowerCase();
    if (first !== lower) {
      const found = this.#find(lower + core.slice(first.length), depth + 1);
      if (found) return { said: capital(found.said), isWhole: found.isWhole };
    }
    const caseless = this.#caseless.get(core.toLowerCase());
    return caseless === undefined ? null : { said: caseless, isWhole: true };
  }

  #numbers(text) {
    if (!/\d[.,]\d/.test(text)) return text;
    return text
      .replace(STANDARD.test(text) ? MEASURED : POINTED, (_, whole, rest) => whole + this.#point + rest)
      .replace(MEASURED, (_, whole, rest) => whole + this.#point + rest)
      .replace(GROUPED, (number) => number.replaceAll(',', this.#group));
  }
}

function capital(text) {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}

function bare(text) {
  return text.replace(GOING_ON, '').trim();
}

/** Whether it has no words: numbers, units, numbers of standards. */
function isWordless(text) {
  return !/[A-Za-z]{2}/.test(text.replace(SIGNS, ''));
}

function template(english, other) {
  // Every second piece is the name of a placeholder.
  const pieces = english.split(PLACEHOLDER);
  const literals = pieces.filter((_, place) => place % 2 === 0);
  const names = pieces.filter((_, place) => place % 2 === 1).map((name) => NAMED[name]);
  return {
    literals,
    names,
    other,
    letters: literals.join('').replace(/[^A-Za-z]/g, '').length,
    named: names.filter(Boolean).length,
    word: longest(literals.flatMap((literal, place) => wholeWords(literal, place === 0, place === names.length))),
  };
}

/** Where a sentence ends within a text. */
const SENTENCE_END = /[.?!]\s+[A-Z“]/;

/** Whether a text ends as it goes on: what has more than one sentence is made of whole ones. */
function isOfOnePiece(text) {
  return /[.?!”)]$/.test(text) || !SENTENCE_END.test(text);
}

/** What fills the placeholders of a template in a text, as little as may be each; `null` where it is no text of it. */
function fillsOf(text, literals, names, place = 0, at = 0) {
  if (place === 0) return text.startsWith(literals[0]) ? fillsOf(text, literals, names, 1, literals[0].length) : null;
  const literal = literals[place];
  const fits = (end) => {
    const fill = text.slice(at, end);
    return (names[place - 1]?.test(fill) ?? true) && isOfOnePiece(fill.trim());
  };
  if (place === names.length) {
    const end = text.length - literal.length;
    return end >= at && text.endsWith(literal) && fits(end) ? [text.slice(at, end)] : null;
  }
  for (let end = text.indexOf(literal, at); end !== -1; end = text.indexOf(literal, end + 1)) {
    const others = fits(end) ? fillsOf(text, literals, names, place + 1, end + literal.length) : null;
    if (others) return [text.slice(at, end), ...others];
    if (!literal || names.every((name) => !name)) return null;
  }
  return null;
}

/** The words of a literal that no placeholder beside it can go on with. */
function wholeWords(literal, isFirst, isLast) {
  return [...literal.matchAll(WORD)]
    .filter(({ 0: word, index }) => (isFirst || index > 0) && (isLast || index + word.length < literal.length))
    .map(([word]) => word);
}

function longest(texts) {
  return texts.reduce((a, b) => (b.length > a.length ? b : a), '');
}

/** Keeps the document in the catalogue's language, whatever changes in it. Returns what ends that. */
export function follow(catalogue) {
  const texts = new WeakMap();
  const attributes = new WeakMap();

  const english = (node) => (texts.get(node)?.said === node.data ? texts.get(node).english : node.data);
  const write = (node, said) => {
    texts.set(node, { english: english(node), said });
    if (node.data !== said) node.data = said;
  };
  const sayText = (node) => {
    if (texts.get(node)?.said === node.data) return;
    const group = sentence(node);
    if (group.length > 1) sayGroup(group);
    else write(node, catalogue.say(node.data));
  };
  // A sentence with code in it is several nodes: it is said as one, and its text goes back between the code.
  const sayGroup = (group) => {
    const runs = [[]];
    for (const node of group) {
      if (node.nodeType === Node.TEXT_NODE) runs.at(-1).push(node);
      else runs.push([]);
    }
    const nodes = runs.flat();
    const whole = group
      .map((node) => (node.nodeType === Node.TEXT_NODE ? english(node) : `\`${node.textContent}\``))
      .join('');
    const said = catalogue.say(whole).split('`').filter((_, place) => place % 2 === 0);
    const fits = said.length === runs.length && runs.every((run, place) => run.length || !said[place].trim());
    if (!fits || (!catalogue.knows(whole) && nodes.every((node) => catalogue.knows(english(node))))) {
      for (const node of nodes) write(node, catalogue.say(english(node)));
      return;
    }
    // What stood in several nodes stands in the first.
    runs.forEach(([first, ...others], place) => {
      if (first) write(first, said[place]);
      for (const node of others) write(node, '');
    });
  };
  const sayAttribute = (element, name) => {
    const value = element.getAttribute(name);
    const before = attributes.get(element)?.get(name);
    if (value === null || before?.said === value || element.closest('[translate="no"]')) return;
    const said = catalogue.say(value);
    if (!attributes.has(element)) attributes.set(element, new Map());
    attributes.get(element).set(name, { english: value, said });
    if (said !== value) element.setAttribute(name, said);
  };
  const sayAll = (root) => {
    if (root.nodeType === Node.ELEMENT_NODE) {
      for (const element of [root, ...root.querySelectorAll(WITH_SAID)]) {
        for (const name of SAID) sayAttribute(element, name);
      }
      if (!isLeftAlone(root)) for (const node of textNodes(root)) sayText(node);
    } else if (root.nodeType === Node.TEXT_NODE && !isLeftAlone(root)) sayText(root);
  };
  // Before anything is drawn: what changed and what was added are said in the same task.
  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes, attributeName } of records) {
      if (type === 'characterData') sayAll(target);
      else if (type === 'attributes') sayAttribute(target, attributeName);
      else for (const node of addedNodes) if (node.isConnected) sayAll(node);
    }
  });
  observer.observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SAID,
  });
  sayAll(document.documentElement);

  return () => {
    observer.disconnect();
    for (const node of textNodes(document.documentElement)) if (texts.has(node)) node.data = english(node);
    for (const element of document.querySelectorAll('*')) {
      for (const [name, before] of attributes.get(element) ?? []) {
        if (element.getAttribute(name) === before.said) element.setAttribute(name, before.english);
      }
    }
  };
}

/** Whether a node is never translated. */
function isLeftAlone(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return !element || element.closest(LEFT_ALONE) !== null;
}

/** The texts in an element, but for those that are left alone. */
function* textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    return node.matches(LEFT_ALONE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  while (walker.nextNode()) yield walker.currentNode;
}

/** The nodes that make one sentence with this one: text and code, side by side. Alone where there is no code. */
function sentence(node) {
  const isPart = (it) => it && (it.nodeType === Node.TEXT_NODE || it.nodeType === Node.COMMENT_NODE || it.nodeName === 'CODE');
  let first = node;
  while (isPart(first.previousSibling)) first = first.previousSibling;
  const group = [];
  for (let one = first; isPart(one); one = one.nextSibling) {
    if (one.nodeType !== Node.COMMENT_NODE) group.push(one);
  }
  return group.some((it) => it.nodeName === 'CODE') ? group : [node];
}
