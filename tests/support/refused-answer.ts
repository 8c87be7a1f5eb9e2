/** What the server says of input it does not take. Not an answer that passes by itself, so a page does not try again before it shows it. */
export const refusedAnswer = {
  status: 400,
  contentType: "application/problem+json",
  body: JSON.stringify({
    type: "urn:palimpsest:problem:invalid_input",
    title: "The input is not valid",
    status: 400,
    code: "invalid_input",
    detail: "It is out of order.",
    errors: [],
    requestId: "request-of-the-test",
  }),
};
