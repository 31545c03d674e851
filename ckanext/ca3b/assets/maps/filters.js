/* Which features are kept: categories unticked by the reader, and the rectangle they chose. */
(function (M) {
  "use strict";

  /* Stands for « every value that has no box of its own ». */
  M.REST = "\u2026";

  const written = (value) => (value === null || value === undefined ? "" : String(value));

  M.known = (layer, name) => ((M.attribute(layer, name) || {}).categories || []).map((each) => written(each.value));

  /* True when a feature (its properties) is kept by the filters of its layer: { attribute: [values left out] }. */
  M.kept = function (layer, filters, properties) {
    return Object.entries(filters).every(([name, out]) => {
      if (!out.length) { return true; }
      const value = written(properties[name]);
      if (out.includes(value)) { return false; }
      return !out.includes(M.REST) || M.known(layer, name).includes(value);
    });
  };

  /* The same as a MapLibre expression; null when nothing is left out. */
  M.keptExpression = function (layer, filters) {
    const parts = [];
    Object.entries(filters).forEach(([name, out]) => {
      const value = ["to-string", ["get", name]];
      const named = out.filter((each) => each !== M.REST);
      if (named.length) { parts.push(["!", ["in", value, ["literal", named]]]); }
      if (out.includes(M.REST)) { parts.push(["in", value, ["literal", M.known(layer, name)]]); }
    });
    return parts.length ? ["all", ...parts] : null;
  };

  M.filtered = (filters) => Object.values(filters).some((out) => out.length);
})(window.ca3bMap = window.ca3bMap || {});
