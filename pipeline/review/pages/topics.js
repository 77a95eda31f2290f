// A topic in the review: named, or merged into another.
"use strict";
(() => {
  const { post, known, node, button, saver, field, dialog, say, starts } = window.carefeedReview;

  function topicTools() {
    const heading = document.querySelector("h1[data-topic]");
    if (!heading) return;
    const topic = heading.dataset.topic;
    const rename = async () => {
      await known();
      dialog("Name the topic", (form, buttons, work) => {
        const label = field(form, "label", "Name", "", "wide", heading.textContent);
        form.addEventListener("submit", () => work(async () => { const { done } = await post("name-topic", { topic, label: label.value }); heading.textContent = label.value; say(done + ". Apply when you are through."); }));
        buttons.append(saver("Save"));
      });
    };
    const join = async () => {
      const { topics } = await known();
      dialog("Merge the topic into another", (form, buttons, work) => {
        const into = document.createElement("select");
        into.setAttribute("aria-label", "Topic");
        for (const [id, label] of Object.entries(topics)) if (id !== topic) into.append(new Option(label, id));
        form.append(into);
        form.addEventListener("submit", () => work(async () => say((await post("merge-topics", { topic, into: into.value })).done + ". Apply when you are through.")));
        buttons.append(saver("Merge"));
      });
    };
    heading.after(node("div", "review-tools", button("Rename", "", rename), button("Merge into another", "", join)));
  }

  starts.push(topicTools);
})();
