namespace BotDispatch.Core.Tests;

/// <summary>Ids are derived, never random, and read back as they were written.</summary>
public class IdsTests
{
    [Fact]
    public void The_same_delivery_is_always_the_same_dispatch()
    {
        DispatchId.From("slack", "V123").ShouldBe(DispatchId.From("slack", "V123"));
        DispatchId.From("slack", "V123").Value.ShouldBe("5jm2d8hjf2d54gkq");
        DispatchId.From("teams", "V123").ShouldNotBe(DispatchId.From("slack", "V123"));
        DispatchId.From("slack", "V124").ShouldNotBe(DispatchId.From("slack", "V123"));
        DispatchId.TryParse(DispatchId.From("slack", "V123").Value, null, out _).ShouldBeTrue();
    }

    [Fact]
    public void An_attempt_reads_back_as_it_was_written()
    {
        Cast.Call(2, 14).ToString().ShouldBe("d1-2-14");
        AttemptId.Parse("d1-2-14", null).ShouldBe(Cast.Call(2, 14));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("d1")]
    [InlineData("d1-1")]
    [InlineData("d1-1-1-1")]
    [InlineData("d1--1-1")]
    [InlineData("d1-x-1")]
    [InlineData("d1-1-x")]
    [InlineData("d1-+1-1")]
    [InlineData("d 1-1-1")]
    [InlineData("-1-1")]
    public void What_is_no_attempt_is_refused(string? text)
    {
        AttemptId.TryParse(text, null, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => AttemptId.Parse(text ?? "", null));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("a-b", false)]
    [InlineData("ä", false)]
    [InlineData("abc123", true)]
    public void A_dispatch_id_is_letters_and_digits(string? text, bool good) => DispatchId.TryParse(text, null, out _).ShouldBe(good);

    [Fact]
    public void A_dispatch_id_has_at_most_64_of_them()
    {
        DispatchId.TryParse(new string('a', 64), null, out _).ShouldBeTrue();
        DispatchId.TryParse(new string('a', 65), null, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => DispatchId.Parse("", null));
    }

    [Fact]
    public void An_employee_id_is_any_text_but_none()
    {
        EmployeeId.Parse("ann@example.org", null).ToString().ShouldBe("ann@example.org");
        EmployeeId.TryParse(" ", null, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => EmployeeId.Parse("", null));
    }
}
