using System.Text.Json;
using BotDispatch.Benchmarks.Generator;

namespace BotDispatch.Benchmarks.Bare;

/// <summary>What the frameworks cost by themselves: an endpoint that parses a status webhook, and one that also keeps it before it answers.</summary>
internal static class BareApp
{
    public static async Task RunAsync(string folder)
    {
        await using var store = new BareStore(Path.Combine(folder, "bare.db"));
        var app = GeneratorApp.Lean();
        app.MapPost("/parse", async http =>
        {
            var report = await ReadAsync(http);
            http.Response.StatusCode = report.Status.Length > 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        });
        app.MapPost("/store", async http =>
        {
            await store.KeepAsync(await ReadAsync(http));
            http.Response.StatusCode = StatusCodes.Status200OK;
        });
        await GeneratorApp.RunAsync(app);
    }

    static async Task<BareReport> ReadAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        var root = body.RootElement;
        return new(root.GetProperty("messageId").GetString()!, root.GetProperty("status").GetProperty("name").GetString()!, root.GetRawText());
    }
}

/// <summary>What is kept of a webhook.</summary>
internal sealed record BareReport(string MessageId, string Status, string Body);
