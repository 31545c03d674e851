/* A composed map on its page, in its form, or alone in another site: options are attributes written by map.html. */
this.ckan.module("ca3b-composed-map", function () {
  "use strict";

  return {
    options: { layers: [], client: null, title: "", base: "", page: "", embed: "", preview: false },

    initialize: function () {
      const { layers, client, title, base, page, embed, preview } = this.options;
      const element = this.el[0];
      window.ca3bMap
        .createMap(element, {
          client, title: String(title), page, embed, layers, base: base || undefined, hash: !preview, table: !preview,
          buttons: !preview, search: !preview, settings: preview ? false : "closed",
        })
        .then((one) => {
          element.ca3bMap = one;
          /* The preview has no table, but its legend names the layers. */
          element.querySelectorAll(".ca3b-map-fallback").forEach((part) => { part.hidden = true; });
        })
        .catch(() => {
          element.querySelectorAll(".ca3b-map-frame").forEach((frame) => frame.remove());
          element.prepend(window.ca3bMap.make("p", { className: "ca3b-map-notice", textContent: client.words.no_webgl }));
        });
    },
  };
});
