// Sends requests to the server. A failure is an Error whose message can be shown.

async function read(response) {
  if (response.ok)
    return response.status === 204 ? null : await response.json();
  const problem = await response.json().catch(() => null);
  throw Object.assign(new Error(problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`),
      { status: response.status });
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(`/playground/api/${path}`, options);
  } catch (fault) {
    if (fault.name === 'AbortError')
      throw fault;
    throw new Error('The server cannot be reached. Nothing was sent.');
  }
  return read(response);
}

export const get = (path, signal) => ask(path, { signal });

export const post = (path, body = {}, signal) =>
  ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal });
