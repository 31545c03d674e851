/* The map of a file on its page: options are attributes of the element, written by ca3b/maps/map.html. */
this.ckan.module("ca3b-map", function () {
  "use strict";

  return {
    options: { src: "", client: null, title: "", page: "", embed: "", hash: true, settings: "" },

    initialize: function () {
      const { src, client, title, page, embed, hash, settings } = this.options;
      const element = this.el[0];
      window.ca3bMap
        .createMap(element, { client, title, page, embed, hash, settings: settings || undefined, layers: [{ carte: src }] })
        .then((one) => { element.ca3bMap = one; })
        .catch(() => {
          element.querySelectorAll(".ca3b-map-frame").forEach((frame) => frame.remove());
          const notice = window.ca3bMap.make("p", { className: "ca3b-map-notice", textContent: client.words.no_webgl });
          element.prepend(notice); /* The sentence, the table and the downloads stay. */
        });
    },
  };
});
