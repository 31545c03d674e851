/* Search by area: the visible part of the map, or a rectangle drawn on it, becomes the parameter ext_bbox. */
this.ckan.module("ca3b-area-search", function () {
  "use strict";

  return {
    options: { url: "", vendor: "", bbox: "", extent: null, messages: {} },

    initialize: function () {
      if (!window.ca3bMaps.able()) { return; }
      this.box = this.parse(this.options.bbox);
      this.open = this.el.find(".ca3b-area-open");
      this.panel = this.el.find("#area-panel");
      this.draw = this.el.find(".ca3b-area-draw");
      this.status = this.el.find(".ca3b-area-status");
      this.el.prop("hidden", false);
      this.open.on("click", this.toggle.bind(this));
      this.draw.on("click", this.arm.bind(this));
      this.el.find(".ca3b-area-apply").on("click", this.apply.bind(this));
      if (this.box) { this.toggle(); }
    },

    parse: function (text) {
      var numbers = String(text || "").split(",").map(Number);
      return numbers.length === 4 && numbers.every(isFinite) ? numbers : null;
    },

    toggle: function () {
      var shown = this.panel.prop("hidden");
      this.panel.prop("hidden", !shown);
      this.open.attr("aria-expanded", String(shown));
      if (shown && !this.started) {
        this.started = true;
        var self = this;
        var maps = window.ca3bMaps;
        Promise.all([maps.load(this.options.vendor), maps.outlines(this.options.url)]).then(
          function (loaded) { self.show(loaded[0], loaded[1]); },
          function () { self.el.prop("hidden", true); /* The list of communes remains. */ }
        );
      }
    },

    show: function (maplibregl, communes) {
      var maps = window.ca3bMaps;
      var self = this;
      this.map = new maplibregl.Map({
        container: this.el.find(".ca3b-area-canvas")[0],
        style: maps.style(communes, "#e8eef5"),
        bounds: this.box || this.options.extent || maps.bounds(communes),
        fitBoundsOptions: { padding: 12, animate: false },
        locale: maps.locale(this.options.messages),
        cooperativeGestures: true,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false
      });
      this.map.touchZoomRotate.disableRotation();
      this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
      this.map.once("load", function () {
        self.rectangle = maps.rectangle(self.map, {
          box: self.box,
          armed: self.armed.bind(self),
          drawn: function (box) {
            self.box = box;
            self.drawn = true;
            self.status.text(self.options.messages.drawn);
          }
        });
        self.panel.attr("data-ready", "true");
      });
    },

    arm: function () {
      if (this.rectangle) { this.rectangle.arm(); }
    },

    armed: function (yes) {
      this.draw.attr("aria-pressed", String(yes));
      this.el.find(".ca3b-area-canvas").toggleClass("ca3b-area-drawing", yes);
      this.status.text(yes ? this.options.messages.drawing : "");
    },

    apply: function () {
      var box = this.box;
      if (!this.drawn) {
        var view = this.map.getBounds();
        box = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()];
      }
      var url = new URL(window.location.href);
      url.searchParams.set("ext_bbox", box.map(function (number) { return number.toFixed(5); }).join(","));
      url.searchParams.delete("page");
      window.location.assign(url.toString());
    }
  };
});
