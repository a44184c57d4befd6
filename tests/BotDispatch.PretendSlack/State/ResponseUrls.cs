namespace BotDispatch.PretendSlack.State;

/// <summary>An address to answer at: five times within half an hour.</summary>
public sealed class ResponseUrl
{
    public required Uri Address { get; init; }

    public required Channel Channel { get; init; }

    public required string User { get; init; }

    /// <summary>The message that was pressed; null for a command.</summary>
    public Message? Original { get; init; }

    public required DateTimeOffset Until { get; init; }

    public int Uses { get; internal set; }
}

/// <summary>Gives and finds such addresses.</summary>
/// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction</remarks>
internal sealed class ResponseUrls(StandInOptions options, TimeProvider clock, Ids ids)
{
    public const int MostUses = 5;
    static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    readonly Dictionary<string, ResponseUrl> all = [];

    public IReadOnlyList<ResponseUrl> All => [.. all.Values];

    public ResponseUrl Make(Channel channel, string user, Message? original = null)
    {
        var path = $"/response/{channel.Team.Id}/{ids.Next("")}/{ids.Next("r")}";
        var made = new ResponseUrl { Address = new(options.OwnAddress, path), Channel = channel, User = user, Original = original, Until = clock.GetUtcNow() + Life };
        all.Add(path, made);
        return made;
    }

    /// <summary>Counts a use; or says why there is none. What is said then is not documented.</summary>
    public (ResponseUrl? Url, string Error) Use(string path)
    {
        if (!all.TryGetValue(path, out var url)) return (null, "invalid_url");
        if (clock.GetUtcNow() > url.Until) return (null, "expired_url");
        if (url.Uses >= MostUses) return (null, "used_url");
        url.Uses++;
        return (url, "");
    }
}
