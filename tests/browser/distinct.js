// Hides what differs from an earlier sibling in words and addresses alone, and tells what is left.
// Two elements are alike when everything that axe looks at is alike: element, attributes, roles,
// relations, colours, size of letters, whether there is text, and the same of all that is inside.
() => {
  const REPEATED = new Set(["TR", "TBODY", "LI", "DIV", "SECTION", "ARTICLE", "P", "A", "g"]);
  const WORDS = new Set(["aria-label", "alt", "title", "content", "placeholder", "value"]);
  const RELATIONS = new Set(["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"]);
  const ADDRESSES = new Set(["href", "src", "action", "srcset", "xlink:href"]);
  const DRAWN = new Set([
    "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "points",
    "transform", "viewBox", "dx", "dy", "clip-path", "datetime",
  ]);
  const NUMBERS = /-?\d+(\.\d+)?/g;
  const ids = new Map();
  for (const element of document.querySelectorAll("[id]")) {
    ids.set(element.id, (ids.get(element.id) ?? 0) + 1);
  }
  const words = (text) => (text.trim() ? "words" : "blank");
  const address = (value) => {
    if (!value) return "blank";
    if (value.startsWith("#")) return ids.has(decodeURIComponent(value.slice(1))) ? "here" : "nowhere";
    return /^[a-z]+:/i.test(value) ? value.split(":")[0] : "elsewhere";
  };
  const attribute = ({ name, value }) => {
    if (name.startsWith("data-") || DRAWN.has(name)) return "";
    if (name === "id") return ids.get(value) > 1 ? "id twice" : "id";
    if (WORDS.has(name)) return `${name}=${words(value)}`;
    if (RELATIONS.has(name)) return `${name}=${value.split(/\s+/).map((id) => ids.has(id))}`;
    if (ADDRESSES.has(name)) return `${name}=${address(value)}`;
    // Words of one language in a page of the other have it, and the page itself.
    if (["lang", "hreflang"].includes(name) && ["nl", "en"].includes(value)) return "";
    if (name === "style") return `style=${value.replace(NUMBERS, "#")}`;
    return `${name}=${value}`;
  };
  const looks = (element) => {
    const style = getComputedStyle(element);
    return [
      style.display, style.visibility, style.color, style.backgroundColor, style.backgroundImage,
      style.opacity, style.fontSize, style.fontWeight, style.textDecorationLine, style.fill,
    ].join();
  };
  const print = (element) => {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    const parts = [
      element.tagName, ...[...element.attributes].map(attribute).filter(Boolean).sort(),
      looks(element), words(own.map((node) => node.data).join("")),
    ];
    const seen = new Set();
    const inside = [];
    for (const child of element.children) {
      const found = print(child);
      const repeated = REPEATED.has(child.tagName) && seen.has(found);
      if (repeated) child.style.setProperty("display", "none", "important");
      else inside.push(found);
      seen.add(found);
    }
    // Which of some links is the current one does not matter where they only stand side by side.
    if (["UL", "OL", "NAV"].includes(element.tagName) && !element.querySelector("h1,h2,h3,h4,h5,h6")) {
      inside.sort();
    }
    return `${parts.join("|")}{${inside.join(";")}}`;
  };
  return `${document.documentElement.lang ? "a language" : "no language"} ${print(document.documentElement)}`;
}
