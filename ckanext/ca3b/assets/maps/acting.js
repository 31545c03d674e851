/* What one can do to a map once it is made: the methods that createMap promises. */
(function (M) {
  "use strict";

  /* The rectangle the reader keeps: what is outside is dimmed (or, in GeoJSON, taken away). */
  M.boxes = function (one) {
    const { map } = one;
    const nothing = { type: "FeatureCollection", features: [] };
    map.addSource("box", { type: "geojson", data: nothing });
    map.addLayer({ id: "box-around", type: "fill", source: "box", paint: { "fill-color": "#f4f6f8", "fill-opacity": 0.75 } });
    map.addLayer({ id: "box-line", type: "line", source: "box", paint: { "line-color": M.INK, "line-width": 2, "line-dasharray": [3, 2] } });
    const show = () => map.getSource("box").setData(one.box ? M.around(one.box) : nothing);
    one.on("box", show);
    show();
  };

  /* The state as it would be without what the address asked: only differences from it are written. */
  M.pristine = function (one) {
    const state = M.readState(one);
    one.entries.forEach((entry) => {
      const fresh = M.entry(entry.key, entry.given, entry.carte, entry.layer);
      state.layers[entry.key] = {
        attribute: fresh.style.attribute, classes: fresh.style.classes, method: fresh.style.method, patterns: fresh.style.patterns,
        opacity: fresh.opacity, visible: fresh.visible, filters: {},
      };
    });
    state.base = one.base.names[0];
    return state;
  };

  M.act = function (one) {
    const of = (key) => one.entries.find((entry) => entry.key === String(key));
    const act = (key, run, name) => {
      const entry = of(key);
      if (!entry) { return; }
      run(entry);
      one.changed(name);
    };
    Object.assign(one, {
      getState: () => M.readState(one),
      setState: (state) => {
        if (state.view) { one.map.jumpTo({ center: [state.view.lng, state.view.lat], zoom: state.view.zoom }); }
        if (state.base && state.base !== one.base.name) { one.base.show(state.base); }
        one.box = state.box || null;
        one.entries.forEach((entry) => {
          M.applyState(entry, { ...one.first.layers[entry.key], ...(state.layers || {})[entry.key] });
          M.refeed(one, entry);
          M.draw(one, entry);
        });
        ["box", "style", "filters", "state"].forEach(one.changed);
      },
      setBase: (name) => { one.base.show(name); one.changed("base"); },
      setBox: (box) => { one.box = box; one.entries.forEach((entry) => M.refeed(one, entry)); one.changed("box"); one.changed("filters"); },
      setOpacity: (key, opacity) => act(key, (entry) => { entry.opacity = Math.max(0, Math.min(1, opacity)); M.draw(one, entry); }, "style"),
      setVisible: (key, visible) => act(key, (entry) => { entry.visible = visible; M.draw(one, entry); }, "style"),
      setStyle: (key, style) => act(key, (entry) => { entry.styled = true; Object.assign(entry.style, style); M.draw(one, entry); }, "style"),
      setFilter: (key, name, out) => act(key, (entry) => { entry.filters[name] = out.slice(); M.refeed(one, entry); }, "filters"),
      setCluster: (key, yes) => act(key, (entry) => { entry.styled = true; entry.cluster = yes; M.refeed(one, entry, true); }, "style"),
      addLayer: (given) => M.addTo(one, given),
      removeLayer: (key) => {
        const entry = of(key);
        if (!entry) { return; }
        if (one.selection.entry === entry) { one.selection.clear(); }
        M.erase(one, entry);
        [M.anchor(entry)].forEach((name) => one.map.getLayer(name) && one.map.removeLayer(name));
        if (one.map.getSource(M.sourceId(entry))) { one.map.removeSource(M.sourceId(entry)); }
        one.entries.splice(one.entries.indexOf(entry), 1);
        ["style", "layers"].forEach(one.changed);
      },
      moveLayer: (key, rank) => {
        const entry = of(key);
        if (!entry) { return; }
        one.entries.splice(one.entries.indexOf(entry), 1);
        one.entries.splice(Math.max(0, rank), 0, entry);
        const above = one.entries[one.entries.indexOf(entry) + 1];
        const before = above ? (above.drawn || [])[0] || M.anchor(above) : "over-data";
        [...(entry.drawn || []), M.anchor(entry)].forEach((name) => one.map.getLayer(name) && one.map.moveLayer(name, before));
        ["style", "layers"].forEach(one.changed);
      },
      fit: () => one.map.fitBounds(M.extent(one), { padding: 30, maxZoom: 16, animate: !M.calm() }),
      picture: () => M.picture(one),
      destroy: () => {
        one.gone = true;
        one.map.remove();
        [one.places.frame, one.places.table].forEach((each) => each.remove());
        one.element.querySelectorAll(".ca3b-map-fallback").forEach((each) => { each.hidden = false; });
        ["data-ready", "data-idle"].forEach((name) => one.element.removeAttribute(name));
      },
    });
  };

  /* The description grows while the server works: attributes, title and proposed style come with the end. */
  function renew(entry, carte) {
    const layer = (carte.layers || []).find((each) => each.id === entry.layer.id) || entry.layer;
    const fresh = M.entry(entry.key, entry.given, carte, layer);
    const style = entry.styled ? entry.style : fresh.style;
    const cluster = entry.styled ? entry.cluster : fresh.cluster;
    Object.assign(entry, { carte, layer, style, cluster, title: fresh.title, kinds: fresh.kinds, points: fresh.points, raster: fresh.raster });
    entry.refresh();
  }

  /* While the server builds the tiles: asks how far it is, slower and slower, and shows the whole map when it is there. */
  M.poll = function (one, given, add, feed) {
    M.showProgress(one);
    given.forEach((each) => {
      if (typeof each.carte !== "string") { return; }
      const mine = () => one.entries.filter((entry) => entry.given === each);
      let wait = 1500;
      const ask = async () => {
        if (one.gone) { return; }
        if (document.hidden) { window.setTimeout(ask, wait); return; }
        let now = null;
        try { now = await M.json(new URL(each.carte, window.location.href).href); } catch (error) { /* Asked again later. */ }
        if (one.gone) { return; }
        if (now) {
          const old = mine()[0] ? mine()[0].carte : one.cartes.find((carte) => M.building(carte));
          if (old) { one.cartes.splice(one.cartes.indexOf(old), 1, now); } else { one.cartes.push(now); }
          const first = !mine().length;
          if (first) { await add(each, now); }
          else {
            mine().forEach((entry) => renew(entry, now));
            await Promise.all(mine().map((entry) => feed(one, entry)));
          }
          if (first && mine().length) { one.map.fitBounds(M.extent(one), { padding: 30, maxZoom: 16, animate: false }); }
          if (now.state === "failed" || now.state === "not_a_map") { one.notice((now.error && now.error.message) || M.say(one.words, "failed")); }
          M.showProgress(one);
          if (!M.building(now)) { M.hideFallback(one); one.changed("layers"); return; }
        }
        again();
      };
      const again = () => { wait = Math.min(wait * 1.25, 15000); window.setTimeout(ask, wait); };
      const carte = mine()[0] ? mine()[0].carte : one.cartes.find((found) => M.building(found));
      if (carte && M.building(carte)) { window.setTimeout(ask, wait); }
      else if (carte && carte.state === "failed") { one.notice((carte.error && carte.error.message) || M.say(one.words, "failed")); }
    });
  };
})(window.ca3bMap = window.ca3bMap || {});
