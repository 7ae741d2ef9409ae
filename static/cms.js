// Starts the editor's date and time fields, also those that appear later, without inline script.
(function () {
  "use strict";
  const START = ["initDateChooser", "initDateTimeChooser", "initTimeChooser"];

  function start(root) {
    root.querySelectorAll("[data-chooser]").forEach(function (mark) {
      if (!START.includes(mark.dataset.chooser) || !document.getElementById(mark.dataset.for)) return;
      window[mark.dataset.chooser](mark.dataset.for, JSON.parse(mark.dataset.config));
      mark.remove();
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    start(document);
    new MutationObserver(function () { start(document); }).observe(document.body, { childList: true, subtree: true });
  });
})();
