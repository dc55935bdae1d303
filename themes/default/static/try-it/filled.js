// A panel that is made anew, because the specification was edited while a preview shows it -> what readers had filled in.

const CONTROLS = "form :is(input:not([type=file]), textarea, select)";

/** What a control is called, with the part and the group that it is in. */
function nameOf(control) {
  const named = (id) => (id ? document.getElementById(id).textContent : "");
  const [part, group] = ["section", "[role=group]"].map((kind) => control.closest(kind)?.getAttribute("aria-labelledby"));
  return [named(part), named(group), control.labels[0]?.textContent ?? control.getAttribute("aria-label")].join("\n");
}

const isBox = (control) => control.type === "checkbox";

function isChanged(control) {
  if (isBox(control)) return control.checked !== control.defaultChecked;
  if (control.matches("select")) return control.selectedOptions[0]?.defaultSelected === false;
  return control.value !== control.defaultValue;
}

/** What readers changed in the panel in `place`, in the order in which it stands there. */
export function gather(place) {
  const changed = [...place.querySelectorAll(CONTROLS)].filter(isChanged);
  return changed.map((control) => ({ name: nameOf(control), value: control.value, checked: control.checked }));
}

/** Fills in again what `gather` gave, where the panel in `place` still has it. */
export function restore(place, changes) {
  for (const { name, value, checked } of changes) {
    // What was filled in may bring others: a media type its fields.
    const control = [...place.querySelectorAll(CONTROLS)].find((control) => nameOf(control) === name);
    if (!control) continue;
    if (isBox(control)) control.checked = checked;
    else if (!control.matches("select") || [...control.options].some((option) => option.value === value))
      control.value = value;
    for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}
