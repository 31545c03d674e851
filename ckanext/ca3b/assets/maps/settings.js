/* The settings of the map: base, layers, attribute to colour by, classes, opacity, filters. Plain form fields. */
(function (M) {
  "use strict";

  function field(label, control, ...rest) {
    control.id = control.id || M.uid("map-field");
    return M.make("div", { className: "ca3b-map-field" }, M.make("label", { for: control.id, textContent: label }), control, rest);
  }

  function select(choices, value, onchange) {
    const made = M.make("select", { className: "form-select form-select-sm" },
      choices.map(([key, label]) => M.make("option", { value: key, textContent: label })));
    made.value = value === null || value === undefined ? "" : String(value);
    made.addEventListener("change", () => onchange(made.value));
    return made;
  }

  function tick(label, checked, onchange) {
    const box = M.make("input", { type: "checkbox", className: "form-check-input", checked, id: M.uid("map-tick") });
    box.addEventListener("change", () => onchange(box.checked));
    return M.make("div", { className: "form-check" }, box, M.make("label", { for: box.id, className: "form-check-label", textContent: label }));
  }

  function opacity(one, entry) {
    const percent = Math.round(entry.opacity * 100);
    const shown = M.make("output", { textContent: M.say(one.words, "percent", { number: percent }) });
    const range = M.make("input", { type: "range", min: 10, max: 100, step: 5, value: percent, className: "form-range" });
    range.addEventListener("input", () => {
      shown.textContent = M.say(one.words, "percent", { number: range.value });
      one.setOpacity(entry.key, Number(range.value) / 100);
    });
    const made = field(M.say(one.words, "opacity"), range);
    shown.htmlFor = range.id;
    range.before(" ", shown);
    return made;
  }

  function coloring(one, entry, again) {
    const { words } = one;
    const parts = [];
    const found = M.colourable(entry.layer);
    if (found.length) {
      const choices = [["", M.say(words, "one_color")], ...found.map((each) => [each.name, M.fromSource(entry.layer, each.name) ? M.say(words, "source_colors") : each.label || each.name])];
      parts.push(field(M.say(words, "color_by"), select(choices, entry.style.attribute, (name) => {
        one.setStyle(entry.key, { attribute: name || null, kind: null });
        again();
      })));
    }
    if (entry.scale && entry.scale.kind === "classes") {
      const attribute = M.attribute(entry.layer, entry.scale.attribute);
      const counts = M.counts(attribute, entry.scale.method);
      parts.push(field(M.say(words, "classes"), select(counts.map((count) => [count, M.number(count)]), entry.scale.count, (count) => one.setStyle(entry.key, { classes: Number(count) }))));
      const methods = M.methods(attribute);
      if (methods.length > 1) {
        parts.push(field(M.say(words, "method"), select(methods.map((name) => [name, M.say(words, "method_" + name)]), entry.scale.method, (name) => one.setStyle(entry.key, { method: name }))));
      }
    }
    if (entry.kinds.includes("polygon") && found.length) {
      parts.push(tick(M.say(words, "patterns"), entry.style.patterns, (on) => one.setStyle(entry.key, { patterns: on })));
    }
    if (entry.points && entry.features) { parts.push(tick(M.say(words, "group_points"), entry.cluster, (on) => one.setCluster(entry.key, on))); }
    return parts;
  }

  function filters(one, entry) {
    const { words } = one;
    const found = M.filterable(entry.layer);
    if (!found.length) { return []; }
    const place = M.make("div", {});
    const draw = (name) => {
      const attribute = M.attribute(entry.layer, name);
      const out = () => entry.filters[name] || [];
      const set = (value, on) => one.setFilter(entry.key, name, on ? out().filter((each) => each !== value) : [...out(), value]);
      const values = attribute.categories.map((each) => [
        each.value === null || each.value === undefined ? "" : String(each.value),
        M.text(each.value, attribute.type, words) || M.say(words, "empty"), each.count,
      ]);
      if ((attribute.distinct || 0) > values.length) { values.push([M.REST, M.say(words, "others"), null]); }
      place.replaceChildren(M.make("fieldset", { className: "ca3b-map-values" },
        M.make("legend", { className: "visually-hidden", textContent: attribute.label || attribute.name }),
        values.map(([value, label, count]) => tick(count === null || count === undefined ? label : label + " (" + M.number(count) + ")", !out().includes(value), (on) => set(value, on)))),
        M.make("div", { className: "ca3b-map-all" },
          M.make("button", { type: "button", className: "btn btn-sm btn-link", textContent: M.say(words, "keep_all"), onclick: () => { one.setFilter(entry.key, name, []); draw(name); } }),
          M.make("button", { type: "button", className: "btn btn-sm btn-link", textContent: M.say(words, "keep_none"), onclick: () => { one.setFilter(entry.key, name, values.map((each) => each[0])); draw(name); } })));
    };
    const used = found.find((each) => (entry.filters[each.name] || []).length) || found.find((each) => each.name === entry.style.attribute) || found[0];
    const chooser = select(found.map((each) => [each.name, each.label || each.name]), used.name, draw);
    draw(used.name);
    return [M.make("details", { className: "ca3b-map-filter", open: M.filtered(entry.filters) },
      M.make("summary", { textContent: M.say(words, "filter") }), field(M.say(words, "filter_by"), chooser), place)];
  }

  M.settings = function (one, place) {
    const { words } = one;
    const baseField = M.make("div", {});
    const boxField = M.make("div", { className: "ca3b-map-field" });
    const layers = M.make("div", {});
    place.replaceChildren(baseField, layers, boxField);

    function zone() {
      boxField.replaceChildren(
        M.make("button", {
          type: "button", className: "btn btn-sm btn-secondary", textContent: M.say(words, one.box ? "box_off" : "box_on"),
          onclick: () => { one.setBox(one.box ? null : M.viewBox(one.map)); boxField.querySelector("button").focus(); },
        }),
        M.make("p", { className: "ca3b-soft", textContent: one.box ? M.say(words, "box_kept") : "" }));
    }

    function draw() {
      baseField.replaceChildren(field(M.say(words, "base"), select(one.base.names.map((name) => [name, M.say(words, "base_" + name)]), one.base.name, (name) => one.setBase(name))));
      layers.replaceChildren(...one.entries.slice().reverse().map((entry) => {
        const several = one.entries.length > 1;
        const inside = M.make("div", { className: "ca3b-map-layer-body", hidden: !entry.visible });
        const fill = () => inside.replaceChildren(opacity(one, entry), ...(entry.raster ? [] : [...coloring(one, entry, fill), ...filters(one, entry)]));
        fill();
        const head = several ? [tick(entry.title || M.say(words, "layer"), entry.visible, (on) => { one.setVisible(entry.key, on); inside.hidden = !on; })] : [];
        const made = M.make("div", { className: several ? "ca3b-map-layer" : "" }, head, inside);
        if (several) { made.setAttribute("role", "group"); made.setAttribute("aria-label", entry.title); }
        return made;
      }));
      zone();
    }
    one.on("layers", draw);
    one.on("state", draw);
    one.on("box", zone);
    return { draw };
  };
})(window.ca3bMap = window.ca3bMap || {});
