using BotDispatch.Http;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Tests.Adapters.Teams.Inbound;

public sealed class InvokeAnswerTests
{
    static readonly WriteJson Card = SafeJson.Texts(("type", "AdaptiveCard"), ("version", "1.5"));

    static readonly TeamsDelivery Press = Captured.Read("invoke-adaptiveCard-action");
    static readonly TeamsDelivery Extension = Captured.Read("invoke-composeExtension-submitAction-message");
    static readonly TeamsDelivery Dialog = Captured.Read("invoke-adaptiveCard-action", body => body["name"] = "task/submit");
    static readonly TeamsDelivery Search = Captured.Read("invoke-adaptiveCard-action", body => body["name"] = "application/search");

    static string? Said(TeamsDelivery delivery, TeamsReply reply)
    {
        var answer = InvokeAnswer.Of(delivery.Kind, reply);
        answer.Status.ShouldBe(200);
        return answer.Body is { } body ? SafeJson.Write(body) : null;
    }

    [Fact]
    public void A_dialog_is_the_same_for_cards_and_for_message_extensions()
    {
        const string expected = """{"task":{"type":"continue","value":{"title":"Dispatch INC-1","height":"large","width":"medium","card":{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.5"}}}}}""";
        foreach (var delivery in (TeamsDelivery[])[Dialog, Extension])
            Said(delivery, new TeamsReply.Dialog("Dispatch INC-1", Card, Height: "large")).ShouldBe(expected);
        Said(Dialog, new TeamsReply.DialogMessage("Done.")).ShouldBe("""{"task":{"type":"message","value":"Done."}}""");
    }

    [Fact]
    public void A_dialog_closes_in_the_way_that_its_kind_knows()
    {
        Said(Dialog, new TeamsReply.DialogClose("It has begun.")).ShouldBeNull();
        Said(Dialog, new TeamsReply.Nothing()).ShouldBeNull();
        Said(Extension, new TeamsReply.DialogClose("It has begun.")).ShouldBe("{}");
    }

    [Fact]
    public void A_press_is_answered_with_a_card_or_with_words_and_never_with_nothing()
    {
        Said(Press, new TeamsReply.CardAnswer(Card)).ShouldBe("""{"statusCode":200,"type":"application/vnd.microsoft.card.adaptive","value":{"type":"AdaptiveCard","version":"1.5"}}""");
        Said(Press, new TeamsReply.CardMessage("Cancelled.")).ShouldBe("""{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":"Cancelled."}""");
        Said(Press, new TeamsReply.CardError("NotAllowed", "You may not.")).ShouldBe("""{"statusCode":400,"type":"application/vnd.microsoft.error","value":{"code":"NotAllowed","message":"You may not."}}""");
        Said(Press, new TeamsReply.Nothing()).ShouldBe("""{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":""}""");
    }

    [Fact]
    public void A_search_is_answered_with_choices()
    {
        Said(Search, new TeamsReply.SearchResults([("Megan Bowen", "e-1")])).ShouldBe("""{"statusCode":200,"type":"application/vnd.microsoft.search.searchResponse","value":{"results":[{"title":"Megan Bowen","value":"e-1"}]}}""");
        Said(Search, new TeamsReply.Nothing()).ShouldBe("""{"statusCode":200,"type":"application/vnd.microsoft.search.searchResponse","value":{"results":[]}}""");
    }

    [Theory]
    [InlineData("message-personal"), InlineData("message-action-submit"), InlineData("installationUpdate-add-personal"), InlineData("conversationUpdate-teamRenamed")]
    public void What_is_no_invoke_is_answered_with_nothing_whatever_the_reply(string name)
    {
        foreach (var reply in (TeamsReply[])[new TeamsReply.Nothing(), new TeamsReply.CardMessage("x"), new TeamsReply.NotImplemented()])
            Said(Captured.Read(name), reply).ShouldBeNull();
    }

    [Fact]
    public void An_answer_can_be_given_twice()
    {
        var reply = new TeamsReply.Dialog("x", Card);
        Said(Dialog, reply).ShouldBe(Said(Dialog, reply));
    }

    [Fact]
    public void A_reply_may_say_that_it_is_not_implemented() => InvokeAnswer.Of(Extension.Kind, new TeamsReply.NotImplemented()).ShouldBe(new(501, null));
}
