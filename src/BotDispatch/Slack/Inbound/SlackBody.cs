namespace BotDispatch.Slack.Inbound;

/// <summary>What the body of a request from Slack holds.</summary>
internal abstract record SlackBody
{
    private SlackBody() { }

    /// <summary>Something happened.</summary>
    /// <param name="What">It.</param>
    /// <param name="AppId">The app that it is for, where Slack says so.</param>
    public sealed record Delivered(SlackDelivery What, string? AppId) : SlackBody;

    /// <summary>Slack asks whether this address is ours.</summary>
    /// <remarks>https://docs.slack.dev/reference/events/url_verification</remarks>
    public sealed record Challenged(string Challenge) : SlackBody;
}
