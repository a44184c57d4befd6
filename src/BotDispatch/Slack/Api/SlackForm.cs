using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Http;

namespace BotDispatch.Slack.Api;

/// <summary>Arguments as Slack's own client sends them: a form, in which what is no text is JSON.</summary>
/// <remarks>https://docs.slack.dev/apis/web-api: every method takes a form, not every one takes JSON.</remarks>
internal static class SlackForm
{
    static readonly MediaTypeHeaderValue Type = new("application/x-www-form-urlencoded");

    /// <summary>The body of a request; what is null is left out.</summary>
    public static HttpContent Of(JsonObject arguments)
    {
        var form = new StringBuilder();
        foreach (var (name, value) in arguments)
        {
            if (value is null)
                continue;
            if (form.Length > 0)
                form.Append('&');
            form.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(Text(value)));
        }
        return new ByteArrayContent(Encoding.ASCII.GetBytes(form.ToString())) { Headers = { ContentType = Type } };
    }

    static string Text(JsonNode value) => value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : SafeJson.Write(value);
}
