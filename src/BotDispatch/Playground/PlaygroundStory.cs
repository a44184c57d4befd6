using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Hosting;
using BotDispatch.Ports;
using BotDispatch.Simulator;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BotDispatch.Playground;

/// <summary>
/// Plays a demonstration of a dispatch: one callee is away and is passed over, one does not pick up, one says nothing, listens again and
/// rejects, and one accepts.
/// </summary>
// Eight, because it does what a dispatcher, an employee and four telephones would do.
internal sealed class PlaygroundStory(
    ChatCommands commands, FormSubmitting submitting, PressHandler presses, DispatchEngine engine, ITicketSource tickets,
    PlaygroundPhones phones, PlaygroundMessages messages, [FromKeyedServices("dispatch-clock")] TimeProvider clock)
{
    /// <summary>Fast enough to watch in half a minute, slow enough to read.</summary>
    const double Speed = 10;

    /// <summary>Longer than the story takes to reach the next callee.</summary>
    const string Away = "away for 10 minutes";

    // A call consists of the message, the question, ten seconds of silence, and the same again. A key in the third utterance therefore
    // comes after the replay began.
    static readonly PersonScript[] parts =
    [
        new PersonScript.NeverAnswers(),
        new PersonScript.Custom(3, [PersonStep.PressDuring(utterance: 3, after: 4, keys: "2")]),
        new PersonScript.AnswersAndAccepts(),
    ];

    /// <summary>Gives three phones their parts and starts a dispatch to them, and to a fourth person who is away.</summary>
    public async Task<IResult> PlayAsync(CancellationToken ct)
    {
        if (!phones.ArePretend)
            return Say("The story needs pretend telephones, and this process phones for real.");
        var people = await phones.ListPhonableAsync(ct);
        var cast = people.Take(parts.Length).ToList();
        if (cast.Count < 2)
            return Say("The story needs at least two people in the directory who can be phoned.");
        if ((await engine.ListOpenAsync(ct)).FirstOrDefault(open => open.Plan.Channel == PlaygroundPlatform.Channel) is { } running)
            return Say($"The dispatch of {running.Plan.Ticket.Reference.Isolated()} is under way. Watch it to its end, "
                + "or cancel it first.", running.Plan.Id);
        if (await FreeTicketAsync(ct) is not { } ticket)
            return Say("The story needs a ticket, and there is none.");

        await FinishEarlierJobsAsync([.. cast.Select(employee => employee.Name)], ct);
        foreach (var (employee, part) in cast.Zip(parts[^cast.Count..]))
            await phones.SetOnceAsync(employee.Id, part, ct);
        if (clock is SimulatedClock dispatchClock && dispatchClock.Speed < Speed)
            dispatchClock.Speed = Speed;

        var away = people.Skip(parts.Length).FirstOrDefault();
        if (away is not null)
            await commands.CommandAsync(new(PretendPeople.Dispatcher.Platform, away.Id.Value, away.Name), PlaygroundPlatform.Channel, Away,
                new Delivery($"story-{Guid.NewGuid():N}"), ct);

        var who = PretendPeople.Dispatcher;
        var delivery = new Delivery($"story-{Guid.NewGuid():N}");
        if (await commands.CommandAsync(who, PlaygroundPlatform.Channel, ticket.Reference, delivery, ct)
            is not ChatReply.OpenForm(var form))
            return Say("The dialog did not open. Type /dispatch to see why.");
        var submission = new FormSubmission(form.FormId, who, PlaygroundPlatform.Channel, ticket.Reference,
            [.. cast.Prepend(away).OfType<Employee>().Select(employee => employee.Id)], null, form.Replaces);
        return await submitting.SubmitAsync(submission, ct) switch
        {
            ChatReply.Started started => TypedResults.Ok(new AnswerView("started", About: started.Dispatch.Value)),
            ChatReply.Private refused => Say(refused.Text, refused.About),
            ChatReply.FieldErrors wrong => Say(string.Join(' ', wrong.Errors.Values)),
            _ => Say("Nothing was started."),
        };
    }

    async Task<Ticket?> FreeTicketAsync(CancellationToken ct)
    {
        foreach (var ticket in await tickets.SuggestAsync("", 20, ct))
            if (await engine.FindOpenByTicketAsync(ticket.Reference, ct) is null)
                return ticket;
        return null;
    }

    // A person who accepted in an earlier demonstration is held for hours, and would be passed over in this one.
    async Task FinishEarlierJobsAsync(IReadOnlyList<string> cast, CancellationToken ct)
    {
        foreach (var message in (await messages.ListAsync(ct)).Where(message => message.Kind == "card"))
            if (message.Body.Deserialize(PlaygroundJson.Default.CardBody) is { } card
                && card.Buttons.Any(button => button.Action == nameof(CardAction.Done))
                && card.People.Any(person => person.State == "Accepted" && cast.Contains(person.Name)))
                await presses.HandleAsync(new(PretendPeople.Dispatcher, PlaygroundPlatform.Channel, new(card.Dispatch), CardAction.Done,
                    null, 0, new($"story-{Guid.NewGuid():N}")), ct);
    }

    static Ok<AnswerView> Say(string text, DispatchId? about = null) => TypedResults.Ok(new AnswerView("private", text, about?.Value));
}
