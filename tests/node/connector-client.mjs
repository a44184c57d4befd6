// Makes each call of a JSON list, [{call, ...}], with the ConnectorClient of botframework-connector, at the base address in the first
// argument. Answers each with a line of JSON: the result that the client read, or the status and code of its error.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { ConnectorClient } = require('botframework-connector');

const [, , baseUri] = process.argv;
const client = new ConnectorClient({ signRequest: async request => (request.headers.set('authorization', 'Bearer token-1'), request) }, { baseUri });
const { conversations } = client;

const calls = {
  send: ({ conversation, activity }) => conversations.sendToConversation(conversation, activity),
  update: ({ conversation, message, activity }) => conversations.updateActivity(conversation, message, activity),
  delete: ({ conversation, message }) => conversations.deleteActivity(conversation, message),
  create: ({ parameters }) => conversations.createConversation(parameters),
  member: ({ conversation, person }) => conversations.getConversationMember(conversation, person),
  members: ({ conversation, pageSize, continuationToken }) => conversations.getConversationPagedMembers(conversation, { pageSize, continuationToken }),
};

let input = '';
for await (const chunk of process.stdin) input += chunk;
for (const each of JSON.parse(input)) {
  try {
    const { id, activityId, members, continuationToken } = (await calls[each.call](each)) ?? {};
    console.log(JSON.stringify({ id, activityId, members: members?.map(member => member.id), continuationToken }));
  } catch (error) {
    console.log(JSON.stringify({ status: error.statusCode, code: error.code, message: error.statusCode ? undefined : String(error) }));
  }
}
