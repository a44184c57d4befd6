using System.Diagnostics;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Chat;

/// <summary>Opens and sends a dialog that nobody sees, as far as that changes nothing: what is decided of it is thrown away.</summary>
internal sealed class FormWarmup(
    DispatchEngine engine, FormDrawing drawing, FormIds ids, IOptions<PolicyOptions> policy, TimeProvider clock) : IWarmup
{
    const string Platform = "warmup";

    static readonly Person Nobody = new(Platform, "nobody", "Nobody");
    static readonly ChatChannel Nowhere = new(Platform, "nowhere");
    static readonly Employee Somebody = new(new("somebody"), "Somebody", null, "+441632960999", "en-GB", "UTC", ["lifts"]);

    static readonly FormContent Content = new(new Ticket("", "A lift is stuck", IsFreeText: true), "use gate B", [Somebody.Id], []);

    /// <summary>A dialog with one person picked, for the chats to draw.</summary>
    public DispatchForm Form() =>
        drawing.Open(Platform, Platform, Content, [Somebody]) is ChatReply.OpenForm(var form)
            ? form
            : throw new UnreachableException("a dialog for somebody who can be phoned");

    public async Task WarmUpAsync(CancellationToken ct)
    {
        CommandGrammar.Parse(CommandText.Of("INC-1042 @ann note: use gate B"));
        var form = Form();
        ids.Read(Platform, form.FormId);
        var id = DispatchId.From(Platform, form.FormId);
        var callee = new Callee(Somebody.Id, Somebody.Name, Somebody.Phone!, Somebody.Language);
        var plan = new DispatchPlan(id, form.Ticket, form.Note, [callee], policy.Value.ToPolicy(), Nobody, Nowhere);
        DispatchCard.Of(Decider.Decide(DispatchState.Initial, new DispatchInput.Start(plan), clock.GetUtcNow()).State);
        await engine.FindAsync(id, ct);
        await engine.FindOpenByTicketAsync(form.Ticket.Reference, ct);
        await engine.FindLatestByTicketAsync(form.Ticket.Reference, ct);
        await engine.ListOpenAsync(ct);
        await engine.FindAsync(id, 0, ct);
    }
}
