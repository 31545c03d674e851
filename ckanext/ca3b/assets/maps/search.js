/* Search of a place: the communes of the portal, and streets when a geocoding service is set. A WAI-ARIA combobox. */
(function (M) {
  "use strict";

  const MOST = 6;

  /* Addresses from a service that answers like Addok or the Géoplateforme: { label, point }. */
  async function addresses(client, text, centre, signal) {
    const url = new URL(client.geocoder, window.location.href);
    if (!/\/search\/?$/.test(url.pathname)) { url.pathname = url.pathname.replace(/\/?$/, "/search"); }
    url.searchParams.set("q", text);
    url.searchParams.set("limit", "5");
    url.searchParams.set("lon", centre.lng.toFixed(4));
    url.searchParams.set("lat", centre.lat.toFixed(4));
    const answer = await fetch(url.href, { signal, credentials: "omit" });
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return ((await answer.json()).features || [])
      .filter((each) => each.geometry && each.geometry.type === "Point")
      .map((each) => ({ label: String(each.properties.label || each.properties.name || ""), point: each.geometry.coordinates }));
  }

  M.search = function (one, place) {
    const { words, client, map } = one;
    const list = M.make("ul", { id: M.uid("map-places"), className: "ca3b-map-places", role: "listbox", hidden: true, "aria-label": M.say(words, "places") });
    const input = M.make("input", {
      type: "search", className: "form-control form-control-sm", id: M.uid("map-search"), autocomplete: "off", spellcheck: false, role: "combobox",
      "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", placeholder: M.say(words, client.geocoder ? "search_hint_street" : "search_hint"),
    });
    place.replaceChildren(M.make("label", { for: input.id, className: "visually-hidden", textContent: M.say(words, client.geocoder ? "search_street" : "search") }), input, list);

    let found = [];
    let at = -1;
    let asked = null;
    let marker = null;

    function show(open) {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) { at = -1; input.removeAttribute("aria-activedescendant"); }
    }

    function move(to) {
      const options = [...list.children];
      if (!options.length) { return; }
      at = (to + options.length) % options.length;
      options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
      input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    }

    function go(each) {
      input.value = each.label;
      show(false);
      if (marker) { marker.remove(); marker = null; }
      if (each.box) { map.fitBounds(each.box, { padding: 30, animate: !M.calm() }); }
      else {
        marker = new window.maplibregl.Marker({ color: "#c8102e" }).setLngLat(each.point).addTo(map);
        map.flyTo({ center: each.point, zoom: Math.max(map.getZoom(), 16), animate: !M.calm() });
      }
      one.tell(M.say(words, "gone_to", { name: each.label }));
    }

    function draw(results) {
      found = results;
      list.replaceChildren(...results.map((each, index) => M.make("li", {
        id: list.id + "-" + index, role: "option", "aria-selected": "false", textContent: each.label,
        onmousedown: (event) => { event.preventDefault(); go(each); },
      })));
      show(results.length > 0);
      one.tell(results.length ? M.count(words, "places_found", results.length) : M.say(words, "no_place"));
    }

    const look = M.later(async () => {
      const text = input.value.trim();
      if (asked) { asked.abort(); }
      if (text.length < 2) { draw([]); show(false); return; }
      asked = new AbortController();
      const wanted = M.plain(text);
      let results = [];
      try {
        const communes = await one.communes();
        results = communes.features
          .map((each) => ({ label: each.properties.name, key: M.plain(each.properties.name), geometry: each.geometry }))
          .filter((each) => each.key.includes(wanted))
          .sort((a, b) => a.key.indexOf(wanted) - b.key.indexOf(wanted) || a.key.localeCompare(b.key))
          .slice(0, client.geocoder ? 3 : MOST)
          .map((each) => ({ label: each.label, box: M.boxOf(each.geometry) }));
      } catch (error) { /* Without outlines, only the service is asked. */ }
      if (client.geocoder && text.length > 2) {
        try { results = [...results, ...(await addresses(client, text, map.getCenter(), asked.signal))].slice(0, MOST); }
        catch (error) { if (error.name === "AbortError") { return; } }
      }
      if (input.value.trim() === text) { draw(results); }
    }, 250);

    input.addEventListener("input", look);
    input.addEventListener("blur", () => show(false));
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); if (list.hidden) { look(); } else { move(at + 1); } }
      if (event.key === "ArrowUp" && !list.hidden) { event.preventDefault(); move(at - 1); }
      if (event.key === "Escape") { show(false); }
      if (event.key === "Enter") { event.preventDefault(); if (found.length && !list.hidden) { go(found[Math.max(0, at)]); } }
    });
  };
})(window.ca3bMap = window.ca3bMap || {});
