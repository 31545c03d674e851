/* Colours that colour-blind people tell apart: Okabe and Ito for categories, viridis from light to dark for classes.
   Each category also has a shape, a pattern and a dash, so that colour is never the only sign. */
(function (M) {
  "use strict";

  M.INK = "#1b1f2a";
  M.PAPER = "#ffffff";
  M.MAIN = "#14406b";
  M.OTHER = "#8b93a3";
  M.LOUD = "#ffb000";
  /* Letters on the map are drawn by the browser: names of fonts of the page, not of files of glyphs. */
  M.FONT = ["Public Sans", "sans-serif"];

  M.CATEGORIES = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442"];
  M.SHAPES = ["circle", "square", "triangle", "diamond", "star", "cross", "hexagon"];
  M.PATTERNS = ["none", "slash", "dots", "backslash", "horizontal", "grid", "vertical"];
  M.DASHES = [[1, 0], [4, 2], [1, 1.5], [6, 2, 1, 2], [2, 2], [8, 3], [4, 1, 1, 1, 1, 1]];

  /* Several layers of a composed map each have their own colour. */
  M.SINGLES = [M.MAIN, "#a23b00", "#00684d", "#7a2e6e", "#8a6100", "#0a6e8a", "#5c4b9b"];

  const SEQUENCE = {
    1: ["#21918c"],
    2: ["#7ad151", "#414487"],
    3: ["#fde725", "#21918c", "#440154"],
    4: ["#fde725", "#35b779", "#31688e", "#440154"],
    5: ["#fde725", "#5ec962", "#21918c", "#3b528b", "#440154"],
    6: ["#fde725", "#7ad151", "#22a884", "#2a788e", "#414487", "#440154"],
    7: ["#fde725", "#90d743", "#35b779", "#21918c", "#31688e", "#443983", "#440154"],
  };

  /* Whether a text is a colour « #rrggbb »: nothing else that a file says is taken for one. */
  M.hex = (value) => typeof value === "string" && /^#[0-9a-f]{6}$/i.test(value);

  M.sequence = (count) => SEQUENCE[Math.max(1, Math.min(7, count))];

  /* Radius of the circle of class `index` among `count`: size says what colour says. */
  M.radius = (index, count) => 4 + (count > 1 ? (7 * index) / (count - 1) : 2);
})(window.ca3bMap = window.ca3bMap || {});
