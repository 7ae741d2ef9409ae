// Starts the editor's date and time fields and choosers, also those that appear later, without inline script.
(function () {
  "use strict";
  const START = ["initDateChooser", "initDateTimeChooser", "initTimeChooser"];
  const MAKE = ["SnippetChooser"];

  function start(root) {
    root.querySelectorAll("[data-chooser]").forEach(function (mark) {
      const name = mark.dataset.chooser, config = JSON.parse(mark.dataset.config);
      if (![...START, ...MAKE].includes(name) || !document.getElementById(mark.dataset.for)) return;
      if (MAKE.includes(name)) new window[name](mark.dataset.for, config);
      else window[name](mark.dataset.for, config);
      mark.remove();
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    start(document);
    new MutationObserver(function () { start(document); }).observe(document.body, { childList: true, subtree: true });
  });
})();
