/* Picks the figure that fits the screen and gives it the colours of the theme.
   The app asks for it through Dash; in a plain file this script draws the charts itself. */
(function () {
  "use strict";

  var narrow = window.matchMedia("(max-width: 47.99em)");
  var wanted = { displayModeBar: false, displaylogo: false, plotlyServerURL: "", responsive: true };
  var dark = null;

  function darkColours() {
    if (dark === null) {
      var element = document.getElementById("dark-colours");
      dark = element ? JSON.parse(element.textContent) : {};
    }
    return dark;
  }

  /* Returns a copy with every light colour of the site replaced by its dark one. */
  function darkened(value) {
    if (Array.isArray(value)) {
      return value.map(darkened);
    }
    if (value && typeof value === "object") {
      var copy = {};
      Object.keys(value).forEach(function (key) {
        copy[key] = darkened(value[key]);
      });
      return copy;
    }
    if (typeof value === "string" && value.indexOf("#") !== -1) {
      return value.replace(/#[0-9a-f]{6}/gi, function (colour) {
        return darkColours()[colour.toLowerCase()] || colour;
      });
    }
    return value;
  }

  function pick(figures) {
    var figure = narrow.matches ? figures.narrow : figures.wide;
    var theme = window.monitorTheme.current();
    document.documentElement.dataset.drawn = theme; // The print style sheet asks for it.
    return theme === "dark" ? darkened(figure) : figure;
  }

  function drawFile() {
    document.querySelectorAll("script[data-figures]").forEach(function (script) {
      var place = document.getElementById(script.dataset.figures);
      var figure = pick(JSON.parse(script.textContent));
      // Plotly changes what it is given; each drawing gets a copy of its own.
      window.Plotly.react(place, figure.data, figure.layout, wanted);
    });
  }

  function redraw() {
    if (document.querySelector("script[data-figures]")) {
      drawFile();
    } else if (window.dash_clientside && window.dash_clientside.set_props) {
      window.dash_clientside.set_props("screen", { data: { at: Date.now() } });
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside);
  window.dash_clientside.monitor = Object.assign({}, window.dash_clientside.monitor, {
    draw: function (figures) {
      return figures ? structuredClone(pick(figures)) : window.dash_clientside.no_update;
    },
  });

  document.addEventListener("DOMContentLoaded", function () {
    if (document.querySelector("script[data-figures]")) {
      drawFile();
    }
  });
  document.addEventListener("monitor:theme", redraw);
  narrow.addEventListener("change", redraw);
})();
