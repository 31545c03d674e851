/* createMap: the map view of the portal, for one file or for several stacked on one map.

   const one = await ca3bMap.createMap(element, {
     client,          // object of the helper h.ca3b_map_client(): vendor, outlines, bases, geocoder, bbox, words
     layers: [{       // from the lowest to the highest
       carte,         // address of carte.json, or its content
       layer,         // id of one of its layers; left out: all of them
       style,         // { attribute, kind, classes, method: "quantiles" | "equal", color, icon, patterns }; all optional
       opacity,       // 0 to 1
       visible,       // false: listed, not drawn
       title, text,   // shown in the legend in place of the layer's name, and under it
       cluster,       // false: points are never grouped
     }],
     base,            // name of the base map shown first; left out: the first of client.bases
     state,           // as getState() gives it; wins over all the above
     bounds,          // [west, south, east, north] shown first; left out: what the layers cover
     title,           // for the picture, the printer and the code to embed
     page, embed,     // addresses of the page and of the page to embed; without `embed`, no code is offered
     hash,            // true: the fragment of the page's address follows the map (one map a page)
     table, legend, settings, search, buttons,   // false: without this part; settings: "closed": folded at first
   });

   The elements inside `element` with the class ca3b-map-fallback are the server's words for those without a map:
   they are hidden once the map's own table is there, and stay when no map can be drawn.
   The promise is kept when every layer was tried; it is broken (Error) only when the browser cannot draw.

   What it gives: map (MapLibre), entries (layers, lowest first: key, title, layer, carte, style, opacity, visible),
   getState(), setState(state), setBase(name), setBox(box | null), setOpacity(key, number), setVisible(key, yes),
   setStyle(key, style), setFilter(key, attribute, [values left out]), setCluster(key, yes), addLayer(layer), removeLayer(key),
   moveLayer(key, rank), fit(), picture() (a canvas), on(event, run), destroy().
   Events: data, style, filters, layers, box, base, state, selection. `element` gets data-ready="true" at the first drawing. */
(function (M) {
  "use strict";

  async function carte(given) {
    if (typeof given.carte !== "string") { return given.carte; }
    return M.json(new URL(given.carte, window.location.href).href);
  }

  function add(one, given, found) {
    const layers = (found.layers || []).filter((layer) => given.layer === undefined || given.layer === null || String(layer.id) === String(given.layer));
    return layers.map((layer, index) => {
      const entry = M.entry(String(one.next), given, found, layer);
      /* A service may offer dozens of layers: the first is drawn, the others are ticked by who wants them. */
      if ((layer.data || {}).type === "service" && index) { entry.visible = false; }
      one.next += 1;
      M.applyState(entry, one.wanted && one.wanted.layers && one.wanted.layers[entry.key]);
      const what = M.available(entry);
      if (what === "geojson" || what === "sample") {
        entry.coming = M.json(what === "sample" ? entry.urls.sample : entry.urls.data);
        entry.coming.catch(() => {});
      }
      one.entries.push(entry);
      return entry;
    });
  }

  async function feed(one, entry) {
    if (!one.map.getLayer(M.anchor(entry))) {
      one.map.addLayer({ id: M.anchor(entry), type: "background", layout: { visibility: "none" } }, "over-data");
    }
    try { await M.feed(one, entry); }
    catch (error) { if (!one.gone) { one.notice(M.say(one.words, "data_failed", { name: entry.title })); } }
    if (!one.gone) { one.changed("data"); }
  }

  function extent(one) {
    return M.join(one.entries.filter((entry) => entry.visible).map((entry) => entry.layer.bbox || entry.carte.bbox)) || M.join(one.cartes.map((each) => each.bbox)) || one.client.bbox || [-5, 41, 10, 51.5];
  }

  function newMap(one, options) {
    const { client, words } = one;
    const calm = M.calm();
    const view = one.wanted && one.wanted.view;
    const camera = view ? { center: [view.lng, view.lat], zoom: view.zoom } : { bounds: options.bounds || extent(one), fitBoundsOptions: { padding: 30, maxZoom: 16, animate: false } };
    const map = new window.maplibregl.Map({
      container: one.places.canvas,
      style: { version: 8, sources: {}, layers: [
        { id: "ground", type: "background", paint: { "background-color": "#f4f6f8" } },
        { id: "under-data", type: "background", layout: { visibility: "none" } },
        { id: "over-data", type: "background", layout: { visibility: "none" } },
      ] },
      ...camera, locale: M.locale(words), cooperativeGestures: true, attributionControl: false, dragRotate: false, pitchWithRotate: false,
      maxPitch: 0, fadeDuration: calm ? 0 : 150, localIdeographFontFamily: "sans-serif", refreshExpiredTiles: false, canvasContextAttributes: { antialias: false },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    const gl = window.maplibregl;
    map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new gl.FullscreenControl({ container: one.places.frame }), "top-right");
    map.addControl(new gl.GeolocateControl({ positionOptions: { enableHighAccuracy: true }, showAccuracyCircle: true }), "top-right");
    map.addControl(new gl.ScaleControl({ unit: "metric" }), "top-left");
    map.addControl(new gl.AttributionControl({ compact: false }), "bottom-right");
    M.giveImages(map);
    map.on("error", (event) => {
      if (one.base && one.base.refused(event)) { return; }
      const entry = one.entries.find((each) => M.sourceId(each) === event.sourceId);
      if (entry && !entry.troubled && !(event.error && event.error.name === "AbortError")) {
        entry.troubled = true;
        one.notice(M.say(words, "data_failed", { name: entry.title }));
      }
    });
    return map;
  }

  /* Marks the element when the first features are on the screen; tests and measures wait for it. */
  const firstDrawing = (one) => new Promise((resolve) => {
    const look = () => {
      const drawn = one.entries.some((entry) => entry.drawn && entry.drawn.length && one.map.isSourceLoaded(M.sourceId(entry)));
      if (!drawn && one.entries.some((entry) => entry.visible && M.available(entry))) { return; }
      one.map.off("render", look);
      one.element.setAttribute("data-ready", "true");
      resolve();
      window.performance.mark("ca3b-map-ready");
    };
    one.map.on("render", look);
    one.map.once("idle", look);
    one.map.on("idle", () => one.element.setAttribute("data-idle", "true"));
    one.map.on("movestart", () => one.element.removeAttribute("data-idle"));
    one.map.triggerRepaint();
    window.setTimeout(resolve, 4000); /* What stands beside the map does not wait for a map that does not come. */
  });

  M.createMap = async function (element, options) {
    const { client } = options;
    const { words } = client;
    if (!window.ca3bMaps.able()) { throw new Error("WebGL"); }
    const listeners = {};
    const notices = {};
    const one = {
      element, client, words, entries: [], cartes: [], next: 0, gone: false, box: null, title: options.title || "", page: options.page, embed: options.embed,
      wanted: (options.hash && M.parseState(window.location.hash)) || options.state || null,
      on: (name, run) => { (listeners[name] = listeners[name] || []).push(run); },
      changed: (name) => (listeners[name] || []).forEach((run) => run()),
      tell: (text, counted) => { one.places[counted ? "counted" : "live"].textContent = text; },
      /* What goes wrong, by what it is about: "base" goes away when the base comes back, "data" stays. */
      notice: (text, about) => {
        notices[about || "data"] = text;
        const said = Object.values(notices).filter(Boolean).join(" ");
        one.places.notice.textContent = said;
        one.places.notice.hidden = !said;
      },
    };
    let outlines = null;
    one.communes = () => {
      if (!outlines) { outlines = client.outlines ? window.ca3bMaps.outlines(client.outlines) : Promise.reject(new Error("none")); outlines.catch(() => { outlines = null; }); }
      return outlines;
    };
    one.places = M.frame(element, words, options);
    one.box = (one.wanted && one.wanted.box) || null;
    const given = (options.layers || []).slice();
    const [found] = await Promise.all([Promise.all(given.map((each) => carte(each).catch(() => null))), window.ca3bMaps.load(client.vendor)]);
    found.forEach((each, index) => {
      if (!each) { one.notice(M.say(words, "data_failed", { name: given[index].title || options.title || "" })); return; }
      one.cartes.push(each);
      add(one, given[index], each);
    });
    const map = one.map = newMap(one, options);
    M.act(one);
    await new Promise((resolve) => { if (map.isStyleLoaded()) { resolve(); } else { map.once("style.load", resolve); } });
    one.base = M.bases(one);
    M.boxes(one);
    one.selection = M.selection(one);
    const fed = Promise.all(one.entries.map((entry) => feed(one, entry)));
    one.base.show((one.wanted && one.wanted.base) || options.base || (client.bases || [])[0] || "none");
    one.first = M.readState(one);
    if (one.wanted) { one.first = M.pristine(one); }
    await fed;
    await firstDrawing(one);
    M.search(one, one.places.search);
    M.buttons(one, one.places.buttons);
    M.legend(one, one.places.legend).update();
    M.settings(one, one.places.settings).draw();
    M.printable(one, one.places.canvas);
    if (options.table !== false) {
      one.table = M.table(one, one.places.table);
      await one.table.update();
      hideFallback(one);
    }
    if (options.hash) { M.followState(one); }
    M.poll(one, given, (each, now) => Promise.all(add(one, each, now).map((entry) => feed(one, entry))), feed);
    return one;
  };

  function hideFallback(one) {
    if (one.entries.some((entry) => entry.fed && !entry.raster)) {
      one.element.querySelectorAll(".ca3b-map-fallback").forEach((each) => { each.hidden = true; });
    }
  }

  M.addTo = async function (one, given) {
    const found = await carte(given);
    one.cartes.push(found);
    const made = add(one, given, found);
    await Promise.all(made.map((entry) => feed(one, entry)));
    one.changed("layers");
    return made;
  };
  M.extent = extent;
  M.hideFallback = hideFallback;
})(window.ca3bMap = window.ca3bMap || {});
