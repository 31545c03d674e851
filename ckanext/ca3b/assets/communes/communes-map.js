/* The page of the communes: replaces the drawing by a map that moves, with a popup for each commune. */
this.ckan.module("ca3b-communes-map", function () {
  "use strict";

  return {
    options: { url: "", vendor: "", messages: {} },

    initialize: function () {
      var self = this;
      var maps = window.ca3bMaps;
      if (!maps.able()) { return; }
      Promise.all([maps.load(this.options.vendor), maps.outlines(this.options.url)]).then(
        function (loaded) { self.show(loaded[0], loaded[1]); },
        function () { /* The drawing stays: it links to the same pages. */ }
      );
    },

    show: function (maplibregl, communes) {
      var self = this;
      var maps = window.ca3bMaps;
      var place = document.createElement("div");
      place.className = "ca3b-moving";
      this.el[0].appendChild(place);

      var fill = ["match", ["get", "class"]];
      var seen = {};
      communes.features.forEach(function (feature) {
        var number = feature.properties["class"];
        if (!seen[number]) { seen[number] = true; fill.push(number, self.color(number)); }
      });
      fill.push("#ffffff");
      if (fill.length < 5) { fill = "#ffffff"; }

      var map = new maplibregl.Map({
        container: place,
        style: maps.style(communes, fill),
        bounds: maps.bounds(communes),
        fitBoundsOptions: { padding: 16, animate: false },
        locale: maps.locale(this.options.messages),
        cooperativeGestures: true,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        maxZoom: 15
      });
      map.touchZoomRotate.disableRotation();
      map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");

      var details = {};
      communes.features.forEach(function (feature) { details[feature.properties.code] = feature.properties; });
      map.on("mouseenter", "fill", function () { map.getCanvas().style.cursor = "pointer"; });
      map.on("mouseleave", "fill", function () { map.getCanvas().style.cursor = ""; });
      map.on("click", "fill", function (event) {
        var commune = details[event.features[0].properties.code];
        new maplibregl.Popup({ maxWidth: "18rem" })
          .setLngLat(event.lngLat)
          .setDOMContent(self.popup(commune))
          .addTo(map);
      });
      map.once("load", function () { place.setAttribute("data-ready", "true"); });
    },

    color: function (number) {
      return getComputedStyle(document.documentElement).getPropertyValue("--ca3b-count-" + number).trim() || "#ffffff";
    },

    popup: function (commune) {
      var box = document.createElement("div");
      box.className = "ca3b-popup";
      var title = document.createElement("h3");
      title.textContent = commune.name;
      box.appendChild(title);
      var facts = document.createElement("ul");
      commune.facts.forEach(function (text) {
        var item = document.createElement("li");
        item.textContent = text;
        facts.appendChild(item);
      });
      box.appendChild(facts);
      if (commune.url) {
        var link = document.createElement("a");
        link.href = commune.url;
        link.textContent = this.options.messages.see;
        box.appendChild(link);
      }
      return box;
    }
  };
});
