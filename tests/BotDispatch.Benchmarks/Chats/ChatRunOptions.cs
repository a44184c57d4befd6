using System.Globalization;

namespace BotDispatch.Benchmarks.Chats;

/// <summary>What is measured through a chat.</summary>
internal enum ChatPart
{
    /// <summary>Dispatches as fast as they come, and some at a calm rate.</summary>
    Busy,
    /// <summary>Keys that are pressed while Slack answers nothing.</summary>
    Hang,
    /// <summary>Memory of many open dispatches.</summary>
    Open,
    /// <summary>How late cards are while Slack enforces its limits.</summary>
    Limits,
    /// <summary>From the start of the process until it is ready.</summary>
    Starts,
}

/// <summary>What the run is asked for.</summary>
internal sealed record ChatRunOptions
{
    /// <summary>The folder of another published build; null to measure none beside this one.</summary>
    public string? Baseline { get; init; }

    /// <summary>The folder of this build as it is published; null runs it from here, compiled as it goes.</summary>
    public string? Build { get; init; }

    public bool WithoutNullBot { get; init; }

    /// <summary>Through Teams and not through Slack.</summary>
    public bool Teams { get; init; }

    public ChatPart Part { get; init; }

    /// <summary>For <see cref="ChatPart.Open"/>: so many open dispatches of this build.</summary>
    public int Open { get; init; } = 20_000;

    /// <summary>For <see cref="ChatPart.Open"/>: so many open dispatches of the build that it is compared with.</summary>
    public int BaselineOpen { get; init; } = 2000;

    public int InFlight { get; init; } = 32;

    public int Cold { get; init; } = 200;

    public int WarmUp { get; init; } = 800;

    public int Dispatches { get; init; } = 300;

    public int Rounds { get; init; } = 4;

    public int Calm { get; init; } = 50;

    /// <summary>Settings of this build alone, as environment variables.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>Reads <c>--name value</c>; null if one is not known.</summary>
    public static ChatRunOptions? Read(string[] arguments)
    {
        var options = new ChatRunOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is "--without-null-bot" or "--teams")
            {
                options = options with { Teams = options.Teams || arguments[i] == "--teams", WithoutNullBot = true };
                continue;
            }
            if (Enum.TryParse<ChatPart>(arguments[i].TrimStart('-'), ignoreCase: true, out var part) && Enum.IsDefined(part))
            {
                options = options with { Part = part };
                continue;
            }
            if (i + 1 == arguments.Length)
                return null;
            var value = arguments[++i];
            int Number() => int.Parse(value, CultureInfo.InvariantCulture);
            if (arguments[i - 1] == "--set" && value.Split('=', 2) is [var name, var set])
                options.Settings[name] = set;
            else
                switch (arguments[i - 1])
                {
                    case "--baseline": options = options with { Baseline = Path.GetFullPath(value) }; break;
                    case "--build": options = options with { Build = Path.GetFullPath(value) }; break;
                    case "--dispatches-open": options = options with { Open = Number() }; break;
                    case "--baseline-open": options = options with { BaselineOpen = Number() }; break;
                    case "--in-flight": options = options with { InFlight = Number() }; break;
                    case "--cold": options = options with { Cold = Number() }; break;
                    case "--warm-up": options = options with { WarmUp = Number() }; break;
                    case "--dispatches": options = options with { Dispatches = Number() }; break;
                    case "--rounds": options = options with { Rounds = Number() }; break;
                    case "--calm": options = options with { Calm = Number() }; break;
                    default: return null;
                }
        }
        return options;
    }
}
