using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Teams.Handlers;

/// <summary>What a dialog is to be opened for.</summary>
internal enum DialogRequestKind
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

/// <summary>Something that opens a dialog, as a button carries it until it is pressed: the room Chat is asked then, as whoever presses, and decides anew.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The words, or the dispatch.</param>
/// <param name="Mentions">Who is mentioned in them.</param>
/// <param name="Link">Leads to the message.</param>
/// <param name="Id">The wish that it was first; null for one that each press makes anew.</param>
internal sealed record DialogRequest(DialogRequestKind Kind, string Text, IReadOnlyList<Mention> Mentions, string? Link = null, string? Id = null)
{
    const int MostOfText = 4000;

    /// <summary>As a button has room for it. Of a long message only the beginning is spoken anyway, and what was asked for in a dialog is shorter.</summary>
    public DialogRequest InShort() => Kind is DialogRequestKind.Message or DialogRequestKind.Asked ? this with { Text = PlainWords.Shortened(Text, MostOfText) } : this;

    /// <summary>Asks the room Chat.</summary>
    public Task<ChatReply> AskAsync(ChatCommands commands, PressHandler presses, TeamsCaller caller, string id, CancellationToken ct) => Kind switch
    {
        DialogRequestKind.Message => commands.MessageAsync(caller.Who, caller.Where.Channel, Text, Link, TeamsCaller.WithoutHurry(id), ct),
        DialogRequestKind.Redispatch => presses.HandleAsync(new(caller.Who, caller.Where.Channel, new DispatchId(Text), CardAction.Redispatch, null, 0, TeamsCaller.WithoutHurry(id)), ct),
        _ => commands.CommandAsync(caller.Who, caller.Where.Channel, Text, Mentions, TeamsCaller.WithoutHurry(id), ct),
    };
}
