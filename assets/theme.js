/* Before the first paint: says that scripts run, and sets the theme that was chosen here.
   The choice stays in this browser (local storage); nothing is sent, there are no cookies. */
(function () {
  "use strict";

  var KEY = "contracteermonitor-theme";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");

  function saved() {
    try {
      return window.localStorage.getItem(KEY);
    } catch (error) {
      return null; // Storage may be switched off; the system's theme then counts.
    }
  }

  function save(theme) {
    try {
      window.localStorage.setItem(KEY, theme);
    } catch (error) {
      return; // Then the choice lasts as long as the page.
    }
  }

  function current() {
    return root.dataset.theme || (system.matches ? "dark" : "light");
  }

  function show() {
    document.querySelectorAll("[data-theme-button]").forEach(function (button) {
      var pressed = String(current() === "dark");
      if (button.getAttribute("aria-pressed") !== pressed) {
        button.setAttribute("aria-pressed", pressed);
      }
    });
  }

  function tell() {
    show();
    document.dispatchEvent(new CustomEvent("monitor:theme"));
  }

  root.classList.add("js");
  if (saved() === "dark" || saved() === "light") {
    root.dataset.theme = saved();
  }

  document.addEventListener("DOMContentLoaded", show);
  system.addEventListener("change", tell);
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-theme-button]")) {
      root.dataset.theme = current() === "dark" ? "light" : "dark";
      save(root.dataset.theme);
      tell();
    }
  });

  window.monitorTheme = { current: current, show: show };
})();
