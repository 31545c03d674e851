/* Small things every part of the map view uses: elements made without HTML, French numbers, safe addresses. */
(function (M) {
  "use strict";

  let counter = 0;

  /* Makes an element. `props`: properties ("className", "onclick", "hidden"…), or attributes when the name has a
     hyphen or is "for", "role", "list". Text children become text nodes: nothing is ever read as HTML. */
  M.make = function (tag, props, ...children) {
    const element = document.createElement(tag);
    Object.entries(props || {}).forEach(([name, value]) => {
      if (value === null || value === undefined) { return; }
      if (name.includes("-") || ["for", "role", "scope", "list"].includes(name)) { element.setAttribute(name, String(value)); }
      else { element[name] = value; }
    });
    children.flat().forEach((child) => {
      if (child !== null && child !== undefined) { element.append(child); }
    });
    return element;
  };

  /* An identifier nobody else has on the page. */
  M.uid = (prefix) => prefix + "-" + (counter += 1);

  /* A sentence of the helper `ca3b_map_client`, with its {blanks} filled. */
  M.say = function (words, key, values) {
    const text = words[key] || key;
    return text.replace(/\{(\w+)\}/g, (blank, name) => (values && name in values ? String(values[name]) : blank));
  };

  /* Same, choosing « {key}_one » or « {key}_many » by `number`, which is written as French does. */
  M.count = function (words, key, number, values) {
    const form = Math.abs(number) < 2 ? "_one" : "_many";
    return M.say(words, key + form, { ...values, number: M.number(number) });
  };

  /* Years and other numbers of four digits stay in one piece: thousands part from five digits on. */
  const numbers = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 6, useGrouping: "min2" });
  const short = new Intl.NumberFormat("fr-FR", { maximumSignificantDigits: 4, useGrouping: "min2" });

  M.number = (value) => numbers.format(value);
  /* A bound of a class: four significant digits, but whole numbers stay whole (years, INSEE codes). */
  M.bound = (value) => (Number.isInteger(value) ? numbers.format(value) : short.format(value));

  /* The text of a value of a feature, by the type of its attribute. `words` may be left out. */
  M.text = function (value, type, words) {
    if (value === null || value === undefined || value === "") { return ""; }
    if (typeof value === "boolean" || type === "boolean") {
      const yes = value === true || value === "true" || value === 1;
      return words ? M.say(words, yes ? "yes" : "no") : String(value);
    }
    if (typeof value === "number" && type !== "text") { return M.number(value); }
    if (type === "date" || type === "datetime") { return M.date(String(value), type); }
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };

  M.date = function (text, type) {
    const parts = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/.exec(text);
    if (!parts) { return text; }
    const day = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
    const said = day.toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" });
    return type === "datetime" && parts[4] ? said + ", " + Number(parts[4]) + " h " + parts[5] : said;
  };

  /* The address when it is one a link may have, else null: never javascript:, never data:. */
  M.address = function (value) {
    if (typeof value !== "string" || !/^https?:\/\/\S+$/i.test(value.trim())) { return null; }
    try {
      const url = new URL(value.trim());
      return ["http:", "https:"].includes(url.protocol) ? url.href : null;
    } catch (error) {
      return null;
    }
  };

  /* A value as a node: a link for an address, text for the rest. */
  M.node = function (value, type, words) {
    const href = M.address(value);
    return href
      ? M.make("a", { href, rel: "noopener noreferrer nofollow", target: "_blank", textContent: String(value) })
      : document.createTextNode(M.text(value, type, words));
  };

  /* Calls `run` once, `wait` milliseconds after the last call. */
  M.later = function (run, wait) {
    let timer = 0;
    return function (...given) {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => run(...given), wait);
    };
  };

  M.json = async function (url, signal) {
    const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/geo+json, application/json" }, signal });
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.json();
  };

  M.calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  /* Text without accents, case nor punctuation, to compare what people type. */
  M.plain = (text) => String(text)
    .replace(/œ/gi, "oe").normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    .replace(/[^a-z0-9]+/g, " ").replace(/\bst(e?)\b/g, "saint$1").trim();
})(window.ca3bMap = window.ca3bMap || {});
