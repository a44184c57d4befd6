using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Teams.Desk;

/// <summary>What a dialog is to be opened for.</summary>
internal enum ErrandKind
{
    /// <summary>What was typed to the bot.</summary>
    Command,
    /// <summary>What was typed into the dialog that asks for it.</summary>
    Asked,
    /// <summary>Somebody's message.</summary>
    Message,
    /// <summary>A closed dispatch.</summary>
    Redispatch,
}

/// <summary>Something that opens a dialog, as a button carries it until it is pressed: the desk is asked then, as whoever presses, and decides anew.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The words, or the dispatch.</param>
/// <param name="Mentions">Who is mentioned in them.</param>
/// <param name="Link">Leads to the message.</param>
/// <param name="Id">The wish that it was first; null for one that each press makes anew.</param>
internal sealed record Errand(ErrandKind Kind, string Text, IReadOnlyList<Mention> Mentions, string? Link = null, string? Id = null)
{
    const int MostOfText = 4000;

    /// <summary>As a button has room for it. Of a long message only the beginning is spoken anyway, and what was asked for in a dialog is shorter.</summary>
    public Errand InShort() => Kind is ErrandKind.Message or ErrandKind.Asked ? this with { Text = PlainWords.Shortened(Text, MostOfText) } : this;

    /// <summary>Asks the desk.</summary>
    public Task<DeskAnswer> AskAsync(ChatDesk desk, TeamsCaller caller, string id, CancellationToken ct) => Kind switch
    {
        ErrandKind.Message => desk.MessageAsync(caller.Who, caller.Where.Channel, Text, Link, TeamsCaller.Patiently(id), ct),
        ErrandKind.Redispatch => desk.PressAsync(caller.Who, caller.Where.Channel, new DispatchId(Text), CardAction.Redispatch, -1, 0, TeamsCaller.Patiently(id), ct),
        _ => desk.CommandAsync(caller.Who, caller.Where.Channel, Text, Mentions, TeamsCaller.Patiently(id), ct),
    };
}
