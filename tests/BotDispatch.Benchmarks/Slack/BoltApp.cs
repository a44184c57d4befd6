using BotDispatch.Benchmarks.Load;

namespace BotDispatch.Benchmarks.Slack;

/// <summary>The app on <c>@slack/bolt</c>, in Node.</summary>
internal static class BoltApp
{
    /// <summary>Starts it there.</summary>
    public static Child Start(Uri address, Uri api, string help)
    {
        var folder = Path.Combine(Startup.Root() ?? throw new InvalidOperationException("start this inside of the repository"), "tests", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@slack", "bolt")))
            throw new InvalidOperationException("Slack's own packages are missing: npm ci --prefix tests/node");
        return Child.Start("node", folder, new Dictionary<string, string>
        {
            ["NODE_ENV"] = "production",
            ["PORT"] = $"{address.Port}",
            ["SIGNING_SECRET"] = SignedRequest.Secret,
            ["SLACK_API_URL"] = api.AbsoluteUri,
            ["HELP"] = help,
        }, "bolt-app.mjs");
    }
}
