/* The MapLibre layers of one layer of ours: surfaces, lines, points, groups of points, or pictures. */
(function (M) {
  "use strict";

  const POINT = ["in", ["geometry-type"], ["literal", ["Point", "MultiPoint"]]];
  const LINE = ["in", ["geometry-type"], ["literal", ["LineString", "MultiLineString"]]];
  const SURFACE = ["in", ["geometry-type"], ["literal", ["Polygon", "MultiPolygon"]]];
  const GROUP = ["has", "point_count"];
  /* From this zoom on, points of tiles are few enough to have shapes. */
  const SHAPES_FROM = 12;

  M.anchor = (entry) => "anchor-" + entry.key;

  M.erase = function (one, entry) {
    (entry.drawn || []).forEach((name) => one.map.getLayer(name) && one.map.removeLayer(name));
    entry.drawn = [];
  };

  M.draw = function (one, entry) {
    M.erase(one, entry);
    entry.scale = M.scale(entry.layer, entry.style, one.words);
    if (!entry.visible || !one.map.getSource(M.sourceId(entry))) { return; }
    const add = (part, layer, filter) => {
      const name = "data-" + entry.key + "-" + part;
      const found = { id: name, source: M.sourceId(entry), ...layer };
      if (!entry.features && !entry.raster) { found["source-layer"] = (entry.layer.data || {}).layer || "features"; }
      if (filter) { found.filter = filter; }
      one.map.addLayer(found, M.anchor(entry));
      entry.drawn.push(name);
    };
    if (entry.raster) {
      add("picture", { type: "raster", paint: { "raster-opacity": entry.opacity, "raster-fade-duration": 0 } });
      return;
    }
    const kept = entry.features ? null : M.keptExpression(entry.layer, entry.filters);
    const only = (...filters) => ["all", ...filters, ...(kept ? [kept] : [])];
    if (entry.kinds.includes("polygon")) { surfaces(entry, add, only); }
    if (entry.kinds.includes("line")) { lines(entry, add, only); }
    if (entry.kinds.includes("point")) { points(entry, add, only); }
  };

  /* How much a surface hides what is under it. */
  M.strength = (scale) => (scale.kind === "single" ? 0.3 : 0.72);

  function surfaces(entry, add, only) {
    const { scale, opacity } = entry;
    add("fill", { type: "fill", paint: { "fill-color": M.colors(scale), "fill-opacity": M.strength(scale) * opacity } }, only(SURFACE));
    if (["categories", "classes"].includes(scale.kind) && entry.style.patterns) {
      add("pattern", { type: "fill", paint: {
        "fill-pattern": M.choose(scale, (item) => M.patternName(item.pattern)), "fill-opacity": 0.55 * opacity,
      } }, only(SURFACE));
    }
    add("outline", { type: "line", paint: {
      "line-color": scale.kind === "single" ? scale.items[0].color : M.INK, "line-opacity": 0.85 * opacity,
      "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.2, 10, 0.6, 14, 1.4],
    } }, only(SURFACE));
  }

  function lines(entry, add, only) {
    const { scale, opacity } = entry;
    const layout = { "line-cap": "butt", "line-join": "round" };
    const width = (more) => ["interpolate", ["linear"], ["zoom"], 6, 1 + more, 11, 2.5 + more, 16, 5 + more];
    add("casing", { type: "line", layout, paint: { "line-color": M.INK, "line-width": width(1.5), "line-opacity": opacity } }, only(LINE));
    const paint = { "line-color": M.colors(scale), "line-width": width(0), "line-opacity": opacity };
    if (scale.kind === "categories") { paint["line-dasharray"] = M.choose(scale, (item) => item.dash); }
    add("line", { type: "line", layout, paint }, only(LINE));
  }

  function points(entry, add, only) {
    const { scale, opacity } = entry;
    const tiles = !entry.features;
    const clustered = entry.features && entry.cluster && !entry.partial;
    const alone = clustered ? [POINT, ["!", GROUP]] : [POINT];
    const shaped = scale.kind === "categories" || (scale.kind === "single" && scale.items[0].shape !== "circle");
    const small = tiles ? ["interpolate", ["linear"], ["zoom"], 4, 1.5, 9, 2.5, 13, 5.5, 16, 7] : 6;
    const radius = scale.kind === "classes"
      ? (tiles
        ? ["interpolate", ["linear"], ["zoom"], 6, 2.5, 13, M.choose(scale, (item) => item.radius)]
        : M.choose(scale, (item) => item.radius))
      : small;
    if (!shaped || tiles) {
      add("point", { type: "circle", ...(shaped ? { maxzoom: SHAPES_FROM } : {}), paint: {
        "circle-color": M.colors(scale), "circle-radius": radius, "circle-opacity": opacity,
        "circle-stroke-color": M.INK, "circle-stroke-opacity": opacity * 0.9,
        "circle-stroke-width": tiles ? ["interpolate", ["linear"], ["zoom"], 8, 0, 12, 0.75] : 1,
      } }, only(...alone));
    }
    if (shaped) {
      add("shape", { type: "symbol", ...(tiles ? { minzoom: SHAPES_FROM } : {}), layout: {
        "icon-image": M.choose(scale, (item) => M.shapeName(item.shape, item.color)),
        "icon-allow-overlap": true, "icon-ignore-placement": true, "icon-padding": 0,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 8, 0.7, 14, 1],
      }, paint: { "icon-opacity": opacity } }, only(...alone));
    }
    if (clustered) { groups(entry, add); }
  }

  function groups(entry, add) {
    add("group", { type: "circle", paint: {
      "circle-color": M.MAIN, "circle-opacity": 0.9 * entry.opacity, "circle-stroke-color": M.PAPER, "circle-stroke-width": 2,
      "circle-radius": ["step", ["get", "point_count"], 13, 20, 16, 100, 20, 1000, 25],
    } }, GROUP);
    add("number", { type: "symbol", layout: {
      "text-field": ["number-format", ["get", "point_count"], { locale: "fr-FR" }], "text-font": M.FONT, "text-size": 13,
      "text-allow-overlap": true, "text-ignore-placement": true,
    }, paint: { "text-color": M.PAPER, "text-opacity": entry.opacity } }, GROUP);
  }
})(window.ca3bMap = window.ca3bMap || {});
