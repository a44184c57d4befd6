using System.Collections;
using BotDispatch.Http;

namespace BotDispatch.Slack.Api;

/// <summary>The value of an argument: text, or JSON for everything that is not text.</summary>
/// <param name="Text">The text; null if it is JSON.</param>
/// <param name="Json">The JSON; null if it is text.</param>
internal readonly record struct SlackValue(string? Text, WriteJson? Json)
{
    static readonly WriteJson True = json => json.WriteBooleanValue(true);
    static readonly WriteJson False = json => json.WriteBooleanValue(false);

    public static implicit operator SlackValue(string? text) => new(text, null);

    public static implicit operator SlackValue(WriteJson? json) => new(null, json);

    public static implicit operator SlackValue(bool flag) => new(null, flag ? True : False);

    public static implicit operator SlackValue(int number) => new(null, json => json.WriteNumberValue(number));
}

/// <summary>The arguments of a call, in their order. One that is null is left out.</summary>
internal sealed class SlackArguments : IEnumerable<KeyValuePair<string, SlackValue>>
{
    readonly List<KeyValuePair<string, SlackValue>> all = new(8);

    /// <summary>Sets an argument in place of one with the same name.</summary>
    public SlackValue this[string name]
    {
        set
        {
            for (var at = all.Count - 1; at >= 0; at--)
                if (all[at].Key == name)
                    all.RemoveAt(at);
            if (value is not (null, null))
                all.Add(new(name, value));
        }
    }

    public List<KeyValuePair<string, SlackValue>>.Enumerator GetEnumerator() => all.GetEnumerator();

    IEnumerator<KeyValuePair<string, SlackValue>> IEnumerable<KeyValuePair<string, SlackValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
