using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Playground;

/// <summary>How something done on the page is answered: the answer is the reply, however long it takes, and the page shows it.</summary>
internal sealed class PlaygroundSurface(Person who, ILogger log) : IReplySurface<AnswerView>
{
    public ChatChannel Where => PlaygroundPlatform.Channel;

    public Task<Prepared<AnswerView>> PrepareAsync(ChatAction action, CancellationToken ct) =>
        Task.FromResult<Prepared<AnswerView>>(action);

    public Task<(Person Who, ChatAction Action)> ReadAsync(ChatAction action, CancellationToken ct) => Task.FromResult((who, action));

    public Delivery DeliveryOf(ChatAction action) => new(action.Id);

    public ResponseDeadline? Waits(ChatAction action) => ResponseDeadline.None;

    public Task<AnswerView> ShowAsync(ChatAction action, ChatReply answer, CancellationToken ct) => Task.FromResult(answer switch
    {
        ChatReply.Private words => new("private", words.Text, words.About?.Value),
        ChatReply.OpenForm(var form) => new("form", Form: View(form)),
        ChatReply.Started(var dispatch) => new("started", About: dispatch.Value),
        ChatReply.FieldErrors wrong => new("errors", Errors: wrong.Errors),
        ChatReply.Failed => new("private", ReplyText.WentWrong),
        _ => AnswerView.Nothing,
    });

    public async Task<AnswerView> NotReadyAsync(ChatAction action, Func<Task<ChatReply>> answer) =>
        await ShowAsync(action, await answer(), CancellationToken.None);

    public void LogBroken(string exception, string? place) => log.AnsweringBroken("the playground", exception, place);

    static FormView View(DispatchForm form) => new(
        form.FormId,
        new(form.Ticket.Reference, form.Ticket.Title, form.Ticket.Description, form.Ticket.Priority, form.Ticket.Place, form.Ticket.Link,
            form.Ticket.IsFreeText),
        form.Note,
        [.. form.People.Select(person =>
            new FormPersonView(person.Id.Value, person.Name, person.Hint, person.CannotBePicked, person.SpokenPreview, person.NotSpoken))],
        [.. form.Picked.Select(id => id.Value)],
        form.Replaces?.Value,
        [.. form.Places.Select(place => new PlaceView(place.Name, place.IsPicked))], ReplyText.MostNote,
        ReplyText.ToMendInDialog(form.Notices), [.. form.Lists.Select(list => new ListView(list.Id, list.Name, list.IsPicked))],
        form.ListWords);
}
