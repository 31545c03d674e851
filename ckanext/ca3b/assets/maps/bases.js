/* Base maps. A base that does not answer gives way to the outlines of the communes, which the portal has at home. */
(function (M) {
  "use strict";

  const IGN = "https://data.geopf.fr/";
  const wmts = (layer, format) => IGN + "wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=" + layer
    + "&STYLE=normal&TILEMATRIXSET=PM&FORMAT=image/" + format + "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}";

  const RASTERS = {
    plan_ign: { tiles: [wmts("GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2", "png")], maxzoom: 19, attribution: "© IGN" },
    orthophotos: { tiles: [wmts("ORTHOIMAGERY.ORTHOPHOTOS", "jpeg")], maxzoom: 19, attribution: "© IGN" },
    osm: { tiles: ["https://tile.openstreetmap.org/{z}/{x}/{y}.png"], maxzoom: 19, attribution: "© OpenStreetMap" },
  };
  const VECTORS = { plan_ign_vector: { style: IGN + "annexes/ressources/vectorTiles/styles/PLAN.IGN/standard.json", attribution: "© IGN" } };

  /* Seconds without one tile, and refusals in a row, after which the outlines are drawn. */
  const PATIENCE = 6000;
  const REFUSALS = 3;

  /* `one`: the map view; it has map, client, words. Gives { show(name), name, attribution() }. */
  M.bases = function (one) {
    const { map, client } = one;
    const base = { name: null, failed: false };
    let added = { layers: [], sources: [] };
    let refusals = 0;
    let came = false;
    let timer = 0;

    base.names = [...new Set([...(client.bases || []).filter((name) => RASTERS[name] || VECTORS[name]), "none"])];
    base.attribution = () => (base.name === "none" || base.failed ? "" : (RASTERS[base.name] || VECTORS[base.name] || {}).attribution || "");

    function take() {
      added.layers.forEach((id) => map.getLayer(id) && map.removeLayer(id));
      added.sources.forEach((id) => map.getSource(id) && map.removeSource(id));
      added = { layers: [], sources: [] };
    }

    function clear() {
      window.clearTimeout(timer);
      take();
      refusals = 0;
      came = false;
      base.failed = false;
    }

    async function outlines(reason) {
      try {
        const communes = await one.communes();
        if (!map.getSource("outlines")) {
          map.addSource("outlines", { type: "geojson", data: communes, attribution: client.outlines_credit || "" });
          map.addLayer({ id: "outlines-fill", type: "fill", source: "outlines", paint: { "fill-color": "#ffffff" } }, "under-data");
          map.addLayer({ id: "outlines-line", type: "line", source: "outlines", paint: { "line-color": "#737b8c", "line-width": 1 } }, "under-data");
          map.addSource("outlines-names", { type: "geojson", data: { type: "FeatureCollection", features: communes.features.map((each) => ({
            type: "Feature", properties: { name: each.properties.name }, geometry: { type: "Point", coordinates: M.centre(M.boxOf(each.geometry)) },
          })) } });
          map.addLayer({ id: "outlines-name", type: "symbol", source: "outlines-names", minzoom: 9.5, layout: {
            "text-field": ["get", "name"], "text-font": M.FONT, "text-size": 12, "text-padding": 6,
          }, paint: { "text-color": "#4d5566", "text-halo-color": "#ffffff", "text-halo-width": 1.5 } }, "over-data");
        }
      } catch (error) { /* Nothing at home either: the data alone, on a plain ground. */ }
      if (reason) { one.notice(reason, "base"); }
    }

    function hideOutlines() {
      ["outlines-name", "outlines-line", "outlines-fill"].forEach((id) => map.getLayer(id) && map.removeLayer(id));
      ["outlines", "outlines-names"].forEach((id) => map.getSource(id) && map.removeSource(id));
    }

    function fail() {
      if (base.failed || came) { return; }
      base.failed = true;
      window.clearTimeout(timer);
      take(); /* Asking again and again would help nobody; back on line, it is tried once more. */
      outlines(M.say(one.words, "base_failed"));
    }

    async function vector(found) {
      const style = await M.json(found.style);
      Object.entries(style.sources || {}).forEach(([id, source]) => {
        added.sources.push("base-" + id);
        map.addSource("base-" + id, { ...source, attribution: found.attribution });
      });
      (style.layers || []).forEach((layer) => {
        const mine = { ...layer, id: "base-" + layer.id };
        if (layer.source) { mine.source = "base-" + layer.source; }
        if (layer.type === "symbol") {
          /* Letters are drawn by the browser; the pictograms of their sprite would be asked elsewhere. */
          mine.layout = { ...layer.layout, "text-font": M.FONT };
          delete mine.layout["icon-image"];
          if (!mine.layout["text-field"]) { return; }
        }
        if (layer.paint && Object.keys(layer.paint).some((key) => key.endsWith("-pattern"))) { return; }
        added.layers.push(mine.id);
        map.addLayer(mine, "under-data");
      });
    }

    base.show = function (name) {
      if (!base.names.includes(name)) { name = base.names[0]; }
      clear();
      one.notice("", "base");
      base.name = name;
      if (name === "none") { outlines(""); return; }
      hideOutlines();
      timer = window.setTimeout(fail, PATIENCE);
      if (VECTORS[name]) { vector(VECTORS[name]).catch(fail); return; }
      added = { layers: ["base"], sources: ["base-raster"] };
      map.addSource("base-raster", { type: "raster", tileSize: 256, ...RASTERS[name] });
      map.addLayer({ id: "base", type: "raster", source: "base-raster", paint: {
        "raster-fade-duration": 0, "raster-saturation": name === "orthophotos" ? 0 : -0.35,
      } }, "under-data");
    };

    map.on("data", (event) => {
      if (event.sourceId && event.sourceId.startsWith("base-") && event.tile && event.tile.state === "loaded") {
        came = true;
        window.clearTimeout(timer);
      }
    });
    window.addEventListener("online", () => { if (base.failed && !one.gone) { base.show(base.name); } });
    /* True when the error is of the base map, which is then dealt with. */
    base.refused = function (event) {
      if (!event.sourceId || !event.sourceId.startsWith("base-")) { return false; }
      refusals += 1;
      if (refusals >= REFUSALS) { fail(); }
      return true;
    };
    return base;
  };
})(window.ca3bMap = window.ca3bMap || {});
