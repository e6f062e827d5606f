/** The words of a page as its reader sees them. Runs inside the page, so everything it uses is in it. */

export interface Words {
  /** The visible text, with single spaces. */
  readonly text: string;
  /** Places where two texts touch, so that two words or numbers read as one. */
  readonly runTogether: readonly string[];
  /** How many SVG elements the document has. */
  readonly drawings: number;
}

/** Reads the document that is open. */
export function readWords(): Words {
  const separate = new Set(['BR', 'HR', 'IMG', 'INPUT', 'SELECT', 'TEXTAREA']);
  const ancestors = (node: Node): Element[] => {
    const found: Element[] = [];
    for (let element = node.parentElement; element !== null; element = element.parentElement) {
      found.push(element);
    }
    return found;
  };
  const runTogether: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  let before: Text | undefined;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) {
      if (separate.has(node.nodeName)) {
        before = undefined;
      }
      continue;
    }
    if (node.parentElement?.checkVisibility() !== true || node.data === '') {
      continue;
    }
    if (before !== undefined && /[\p{L}\p{N}]$/u.test(before.data) && /^[\p{L}\p{N}]/u.test(node.data)) {
      const [one, other] = [ancestors(before), ancestors(node)];
      const between = [
        ...one.filter((element) => !other.includes(element)),
        ...other.filter((element) => !one.includes(element)),
      ];
      // A found word is marked inside a longer one: "law" in "lawful". Anything else needs a box of
      // its own between two texts; without styles, or where it is unknown, an element is inline.
      const apart = between.some(
        (element) =>
          element.nodeName === 'MARK' || !/^(inline|contents)/.test(getComputedStyle(element).display),
      );
      if (!apart) {
        runTogether.push(`${before.data.slice(-20)}|${node.data.slice(0, 20)}`);
      }
    }
    before = node;
  }
  return {
    text: document.body.innerText.replace(/\s+/g, ' ').trim(),
    runTogether,
    drawings: [...document.querySelectorAll('*')].filter(
      ({ namespaceURI }) => namespaceURI === 'http://www.w3.org/2000/svg',
    ).length,
  };
}
