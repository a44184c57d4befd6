using System.Text;

namespace BotDispatch.Core.Tests;

/// <summary>The product's words are approved by a person.</summary>
public class WordsTests
{
    [Fact]
    public void Every_word_is_approved()
    {
        var page = new StringBuilder();
        List<CallOutcome>(Words.Of);
        List<Evidence>(Words.Of);
        List<LineDownReason>(Words.Of);
        List<PassedOverReason>(Words.Of);
        List<ExhaustedBecause>(Words.Of);
        List<GivenUpBecause>(because => Words.Of(new DispatchEvent.ThreadGivenUp(1, because, "gone"), "Boss"));
        page.ToString().ShouldBeApprovedIn("tests/BotDispatch.Core.Tests/Words.approved.txt");

        void List<T>(Func<T, string> words) where T : struct, Enum
        {
            page.Append("# ").Append(typeof(T).Name).Append('\n');
            foreach (var each in Enum.GetValues<T>())
                page.Append(each).Append(": ").Append(words(each)).Append('\n');
            page.Append('\n');
        }
    }

    [Fact]
    public void The_status_of_a_closed_dispatch_is_one_of_three()
    {
        Words.StatusOf(new Resolution.Accepted(Cast.Call(0, 1))).ShouldBe(CardStatus.Accepted);
        Words.StatusOf(new Resolution.Taken(Cast.Boss, Cast.Outsider, -1)).ShouldBe(CardStatus.Accepted);
        Words.StatusOf(new Resolution.Cancelled(Cast.Boss)).ShouldBe(CardStatus.Cancelled);
        Words.StatusOf(new Resolution.Exhausted(ExhaustedBecause.TimeIsUp)).ShouldBe(CardStatus.Exhausted);
    }
}
