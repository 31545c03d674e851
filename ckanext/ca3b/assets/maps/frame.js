/* What stands around the map: search and buttons above, legend and settings beside, notices, live regions. */
(function (M) {
  "use strict";

  /* Builds the frame inside `element`, before what the server wrote there. Gives the places the parts fill. */
  M.frame = function (element, words, options) {
    const make = M.make;
    const wide = element.clientWidth >= 900;
    const places = {
      search: make("div", { className: "ca3b-map-search" }),
      buttons: make("div", { className: "ca3b-map-buttons" }),
      notice: make("p", { className: "ca3b-map-notice", role: "status", hidden: true }),
      bar: make("progress", { max: 1, "aria-label": M.say(words, "progress") }),
      stage: make("span", { role: "status" }),
      canvas: make("div", { className: "ca3b-map-canvas" }),
      cross: make("div", { className: "ca3b-map-cross", "aria-hidden": "true" }),
      hint: make("p", { className: "ca3b-map-hint", textContent: M.say(words, "keyboard") }),
      legend: make("div", { className: "ca3b-map-legend" }),
      settings: make("div", { className: "ca3b-map-settings" }),
      table: make("div", { className: "ca3b-map-table", hidden: true }),
      live: make("p", { className: "visually-hidden", "aria-live": "polite" }),
      counted: make("p", { className: "visually-hidden", "aria-live": "polite" }),
    };
    places.progress = make("p", { className: "ca3b-map-progress", hidden: true }, places.bar, " ", places.stage);
    const view = make("div", { className: "ca3b-map-view" }, places.canvas, places.cross, places.hint);
    const legend = make("details", { className: "ca3b-map-part", open: true }, make("summary", { textContent: M.say(words, "legend") }), places.legend);
    const settings = make("details", { className: "ca3b-map-part ca3b-map-part-settings", open: wide && options.settings !== "closed" },
      make("summary", { textContent: M.say(words, "settings") }), places.settings);
    const side = make("div", { className: "ca3b-map-side" }, options.legend === false ? null : legend, options.settings === false ? null : settings);
    const bar = make("div", { className: "ca3b-map-bar" }, options.search === false ? null : places.search, options.buttons === false ? null : places.buttons);
    places.frame = make("div", { className: "ca3b-map-frame" }, bar, places.progress, places.notice,
      make("div", { className: "ca3b-map-main" + (side.children.length ? "" : " ca3b-map-alone") }, view, side), places.live, places.counted);
    element.prepend(places.frame);
    element.append(places.table);
    return places;
  };

  M.buttons = function (one, place) {
    const button = (key, run) => M.make("button", { type: "button", className: "btn btn-sm btn-secondary", textContent: M.say(one.words, key), onclick: run });
    place.replaceChildren(
      button("share_button", () => M.share(one)),
      button("picture_button", () => M.savePicture(one)),
      button("print_button", () => window.print()));
  };

  /* Words of the server's states and stages; an unknown stage is shown by the general sentence. */
  M.showProgress = function (one) {
    const busy = one.cartes.filter((carte) => M.building(carte));
    const { progress, bar, stage } = one.places;
    progress.hidden = !busy.length;
    if (!busy.length) { return; }
    const carte = busy[0];
    const share = Math.max(0, Math.min(1, Number(carte.progress) || 0));
    bar.value = share;
    const sampled = one.entries.some((entry) => entry.partial);
    const text = M.say(one.words, sampled ? "building_sampled" : "building", { percent: Math.round(share * 100) });
    if (stage.textContent !== text) { stage.textContent = text; }
  };

  /* MapLibre's own words, in the language of the page. */
  M.locale = (words) => Object.fromEntries(Object.entries(words).filter(([key]) => key.includes(".")));
})(window.ca3bMap = window.ca3bMap || {});
