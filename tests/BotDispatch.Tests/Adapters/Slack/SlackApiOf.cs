using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Slack.Api;

namespace BotDispatch.Tests.Adapters.Slack;

/// <summary>A Web API whose answers a test makes.</summary>
internal sealed class SlackApiOf(
    Func<SlackCall, CancellationToken, Task<SlackAnswer>> call, Func<Uri, JsonObject, CancellationToken, Task<bool>>? respond = null) : ISlackApi
{
    public Task<SlackAnswer> CallAsync(SlackCall asked, CancellationToken ct) => call(asked, ct);

    public Task<bool> RespondAsync(Uri responseUrl, WriteJson message, CancellationToken ct) =>
        respond is null ? throw new InvalidOperationException("no answer at an address was expected") : respond(responseUrl, message.AsObject(), ct);
}
