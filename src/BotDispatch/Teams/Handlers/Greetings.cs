using BotDispatch.Chat;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Handlers;

/// <summary>Says hello where the bot is new, once: Teams tells of it twice, and again whenever the app is updated.</summary>
internal sealed class Greetings(Messages messages, TimeProvider clock)
{
    const string Hello = "Hello. I phone people about a ticket, one after the other, until one presses 1.";
    const string ByMention = "Mention me first when you type a command here.";

    readonly Deduplicator<TeamsReply> once = new(clock);

    /// <summary>Says it.</summary>
    public Task<TeamsReply> SayAsync(TeamsCaller to, CancellationToken ct) =>
        once.DoAsync($"{to.Tenant} {to.Where.Team ?? to.Where.Conversation}", async () =>
        {
            var isPersonal = to.Where.Kind is ConversationKind.Personal;
            await messages.SayAsync(to, isPersonal ? $"{Hello}\n{ReplyText.Help}" : $"{Hello} {ByMention}\n{ReplyText.Help}", ct);
            return new TeamsReply.Nothing();
        });
}
