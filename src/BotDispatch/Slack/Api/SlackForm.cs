using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using BotDispatch.Http;

namespace BotDispatch.Slack.Api;

/// <summary>Writes arguments as Slack's own client does: a form in which every value that is not text is JSON.</summary>
/// <remarks>https://docs.slack.dev/apis/web-api: every method accepts a form, but not every method accepts JSON.</remarks>
internal static class SlackForm
{
    static readonly MediaTypeHeaderValue Type = new("application/x-www-form-urlencoded");

    // Indexed by byte: whether the form may hold it unescaped.
    static readonly bool[] Unreserved =
        [.. Enumerable.Range(0, 256).Select(each => char.IsAsciiLetterOrDigit((char)each) || (char)each is '-' or '.' or '_' or '~')];

    /// <summary>Returns the body of a request.</summary>
    public static HttpContent Of(SlackArguments arguments)
    {
        // The content keeps its own copy: after an answer that came early, a connection may still be sending.
        using PooledBytes form = new(), value = new();
        foreach (var (name, (text, json)) in arguments)
        {
            if (form.Span.Length > 0)
                form.Write("&"u8);
            value.Clear();
            Encoding.UTF8.GetBytes(name, value);
            Escape(value.Span, form);
            form.Write("="u8);
            value.Clear();
            if (json is null)
                Encoding.UTF8.GetBytes(text, value);
            else
                SafeJson.Write(json, value);
            Escape(value.Span, form);
        }
        return new ByteArrayContent(form.Span.ToArray()) { Headers = { ContentType = Type } };
    }

    static void Escape(ReadOnlySpan<byte> plain, PooledBytes form)
    {
        var room = form.GetSpan(3 * plain.Length);
        var length = 0;
        foreach (var each in plain)
        {
            if (Unreserved[each])
            {
                room[length++] = each;
                continue;
            }
            room[length++] = (byte)'%';
            room[length++] = Hex(each >> 4);
            room[length++] = Hex(each & 15);
        }
        form.Advance(length);
    }

    static byte Hex(int digit) => (byte)(digit < 10 ? '0' + digit : 'A' + digit - 10);
}
