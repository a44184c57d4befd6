using System.Net;
using System.Text;

namespace BotDispatch.Slack.Inbound;

/// <summary>
/// The fields of a posted form, decoded one by one when they are asked for, from bytes to bytes: what holds JSON is never made into text
/// first.
/// Names are compared as they are written, for those of Slack hold nothing that is escaped. Of a field that is there twice the first
/// counts.
/// </summary>
/// <remarks>https://docs.slack.dev/interactivity/implementing-slash-commands</remarks>
internal sealed class FormFields(ReadOnlyMemory<byte> form)
{
    /// <summary>Whether a field stands there with exactly this value.</summary>
    public static bool Has(ReadOnlySpan<byte> form, ReadOnlySpan<byte> field)
    {
        foreach (var range in form.Split((byte)'&'))
            if (form[range].SequenceEqual(field))
                return true;
        return false;
    }

    /// <summary>The field's text, empty if nothing follows its name; null if it is missing. Bytes that are no text become �.</summary>
    public string? Text(string name) => Bytes(name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The field's bytes; null if it is missing.</summary>
    public byte[]? Bytes(string name)
    {
        Span<byte> wanted = stackalloc byte[name.Length];
        Encoding.ASCII.GetBytes(name, wanted);
        var fields = form.Span;
        foreach (var range in fields.Split((byte)'&'))
        {
            var field = fields[range];
            if (!field.StartsWith(wanted))
                continue;
            if (field.Length == wanted.Length)
                return [];
            if (field[wanted.Length] == '=')
            {
                var value = field[(wanted.Length + 1)..].ToArray();
                return WebUtility.UrlDecodeToBytes(value, 0, value.Length);
            }
        }
        return null;
    }
}
