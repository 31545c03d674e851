/* Feeds the map: GeoJSON at once, tiles, pictures, services, and the sample while the server still works. */
(function (M) {
  "use strict";

  const WIDEST = [-180, -85.0511, 180, 85.0511];

  const id = (entry) => "data-" + entry.key;

  function credit(entry) {
    const resource = entry.carte.resource || {};
    return resource.attribution || (entry.layer.data || {}).attribution || "";
  }

  function bounds(entry) {
    const box = entry.layer.bbox || entry.carte.bbox;
    if (!box) { return WIDEST; }
    return [Math.max(-180, box[0]), Math.max(-85.0511, box[1]), Math.min(180, box[2]), Math.min(85.0511, box[3])];
  }

  /* A credit is text: MapLibre would read it as HTML. */
  const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => "&#" + sign.charCodeAt(0) + ";");

  function tiled(entry) {
    const data = entry.layer.data || {};
    return {
      tiles: [entry.urls.tiles], minzoom: data.minzoom || 0, maxzoom: data.maxzoom === undefined ? 14 : data.maxzoom,
      bounds: bounds(entry), attribution: escape(credit(entry)),
    };
  }

  /* A service: { tiles: [template], tileSize, scheme, minzoom, maxzoom }; {bbox-epsg-3857} asks WMS for a picture. */
  function service(entry) {
    const data = entry.layer.data;
    const given = (entry.urls.tiles && (entry.layer.urls || {}).tiles ? [entry.urls.tiles] : data.tiles || [data.url]).map(String);
    /* « {-y} » counts from the south, as the scheme « tms » does; one server among several is enough. */
    const south = data.scheme === "tms" || given.some((each) => each.includes("{-y}"));
    const source = {
      type: data.vector ? "vector" : "raster",
      /* The site of a service is another one: its address is never taken for the portal's. */
      tiles: given.map((each) => each.replace("{-y}", "{y}").replace("{s}", "a")).map((each) => (/^https?:/.test(each) ? each : M.absolute(each, entry.url || ""))),
      scheme: south ? "tms" : "xyz", bounds: bounds(entry), attribution: escape(credit(entry)),
      minzoom: data.minzoom || 0, maxzoom: data.maxzoom === undefined ? 20 : data.maxzoom,
    };
    if (source.type === "raster") { source.tileSize = data.tileSize || 256; }
    return source;
  }

  function set(one, entry, source) {
    const { map } = one;
    M.erase(one, entry);
    if (map.getSource(id(entry))) { map.removeSource(id(entry)); }
    map.addSource(id(entry), source);
  }

  function geojson(one, entry) {
    const clustered = entry.cluster && !entry.partial;
    const source = { type: "geojson", data: M.collection(entry, one.box), maxzoom: 16, tolerance: 0.25, attribution: escape(credit(entry)) };
    if (clustered) { Object.assign(source, { cluster: true, clusterRadius: 45, clusterMaxZoom: 14 }); }
    set(one, entry, source);
  }

  /* Shows the best of what is ready. Resolves when the layer is on the map (drawn a moment later). */
  M.feed = async function (one, entry) {
    const found = M.available(entry);
    if (entry.fed === found && found !== "sample") { return; }
    if (found === "geojson" || found === "sample") {
      if (found === "sample" && entry.features && entry.fed === "sample") { return; }
      const coming = entry.coming || M.json(found === "sample" ? entry.urls.sample : entry.urls.data);
      entry.coming = null;
      M.keep(entry, await coming);
      entry.partial = found === "sample";
      if (one.gone) { return; }
      geojson(one, entry);
    } else if (found) {
      entry.partial = false;
      entry.features = null;
      entry.byId.clear();
      const data = entry.layer.data || {};
      if (found === "tiles") { set(one, entry, { type: "vector", ...tiled(entry), promoteId: data.promote_id }); }
      if (found === "image") { set(one, entry, { type: "raster", tileSize: data.tileSize || 256, ...tiled(entry) }); }
      if (found === "service") { set(one, entry, service(entry)); }
    }
    entry.fed = found;
    if (found) { M.draw(one, entry); }
  };

  /* After a change of filters, of rectangle or of grouping. */
  M.refeed = function (one, entry, rebuilt) {
    if (!entry.fed) { return; }
    if (entry.features) {
      if (rebuilt) { geojson(one, entry); }
      else { one.map.getSource(id(entry)).setData(M.collection(entry, one.box)); }
      if (!rebuilt) { return; }
    }
    M.draw(one, entry);
  };

  M.sourceId = id;
})(window.ca3bMap = window.ca3bMap || {});
