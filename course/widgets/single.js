// Single choice: the answer is one option's id.

export default exercise((frame) => {
  const { node, inputs, focus } = choices(frame, "radio");
  const get = () => inputs.find((input) => input.checked)?.value ?? null;
  const set = (value) => inputs.forEach((input) => (input.checked = input.value === value));
  return { node, focus, get, set };
});
