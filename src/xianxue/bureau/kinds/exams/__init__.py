"""What an examination may declare: subjects and lines, schemes of scaling, samplings."""
