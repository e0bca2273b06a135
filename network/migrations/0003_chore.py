from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0002_job_attempts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Chore',
            fields=[
                ('name', models.CharField(max_length=120, primary_key=True, serialize=False, verbose_name='name')),
                ('due_at', models.DateTimeField(verbose_name='due')),
            ],
            options={
                'verbose_name': 'chore',
                'verbose_name_plural': 'chores',
                'ordering': ['name'],
            },
        ),
    ]
