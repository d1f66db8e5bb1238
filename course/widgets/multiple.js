// Multiple choice: the answer is a list of options' ids; none ticked is no answer.

export default exercise((frame) => {
  const { node, inputs, focus } = choices(frame, "checkbox");
  const get = () => {
    const ticked = inputs.filter((input) => input.checked).map((input) => input.value);
    return ticked.length ? ticked : null;
  };
  const set = (value) => inputs.forEach((input) => (input.checked = (value ?? []).includes(input.value)));
  return { node, focus, get, set };
});
